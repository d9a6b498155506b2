namespace StreamKit.Http.Ingest;

/// <summary>How a body holds records.</summary>
internal enum BodyForm
{
    /// <summary>One JSON value, or an array of them.</summary>
    Json,

    /// <summary>A JSON value on each line.</summary>
    Lines,
}

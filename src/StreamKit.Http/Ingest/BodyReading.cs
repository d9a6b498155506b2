namespace StreamKit.Http.Ingest;

/// <summary>How the reading of a body ended.</summary>
internal enum BodyReading
{
    /// <summary>It is there.</summary>
    Complete,

    /// <summary>It is longer than a body may be.</summary>
    TooLong,

    /// <summary>There is no memory for it at the moment.</summary>
    NoRoom,
}

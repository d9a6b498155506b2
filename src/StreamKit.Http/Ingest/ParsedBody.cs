namespace StreamKit.Http.Ingest;

/// <summary>What a body holds.</summary>
internal sealed class ParsedBody<T>
{
    /// <summary>The records, in their order.</summary>
    public List<ParsedRecord<T>> Records { get; } = [];

    /// <summary>What is no record, in its order.</summary>
    public List<MalformedRecord> Malformed { get; } = [];

    /// <summary>Whether the body is broken, so that what follows in it cannot be found.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether it holds more than a request may bring.</summary>
    public bool IsTooMany { get; set; }

    public int Count => Records.Count + Malformed.Count;
}

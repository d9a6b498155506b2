namespace StreamKit.Twitter;

/// <summary>Well-formed JSON of a kind this version does not know. The service adds kinds at any time: count it, keep
/// the line if it matters, and go on.</summary>
public sealed class UnknownMessage : StreamMessage
{
    internal UnknownMessage(string[] keys) => Keys = keys;

    /// <summary>The top-level key names in delivered order; empty for an array that holds no post.</summary>
    public IReadOnlyList<string> Keys { get; }
}

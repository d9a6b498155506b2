namespace StreamKit.Connectors;

/// <summary>Something that a source read and could not make a record of.</summary>
public sealed class BadRecord
{
    /// <summary>Describes it.</summary>
    /// <param name="split">The split it came from.</param>
    /// <param name="position">Where it begins, in the reader's notation and precise enough to find it.</param>
    /// <param name="bytes">The original bytes, as far as they were kept.</param>
    /// <param name="exception">What is wrong.</param>
    public BadRecord(string split, string? position, ReadOnlyMemory<byte> bytes, Exception exception) =>
        (Split, Position, Bytes, Exception) = (split, position, bytes, exception);

    /// <summary>The split it came from.</summary>
    public string Split { get; }

    /// <summary>Where it begins, in the reader's notation.</summary>
    public string? Position { get; }

    /// <summary>The original bytes, as far as they were kept.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What is wrong.</summary>
    public Exception Exception { get; }
}

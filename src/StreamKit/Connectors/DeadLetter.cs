namespace StreamKit.Connectors;

/// <summary>A record that could not be processed, with everything that is needed to see why and to try again.</summary>
public sealed class DeadLetter
{
    internal DeadLetter(string operatorName, Exception exception) => (Operator, Exception) = (operatorName, exception);

    /// <summary>The name of the operator or source that could not process it.</summary>
    public string Operator { get; }

    /// <summary>What went wrong.</summary>
    public Exception Exception { get; }

    /// <summary>The record, where there is one; null where bytes could not be made a record.</summary>
    public object? Record { get; init; }

    /// <summary>The key as text, where the record had one.</summary>
    public string? Key { get; init; }

    /// <summary>The event time, where the record had one.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>The split of the source, where a source reports it.</summary>
    public string? Split { get; init; }

    /// <summary>Where it begins in the split, in the source's own notation.</summary>
    public string? Position { get; init; }

    /// <summary>The original bytes, as far as the source kept them.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }
}

namespace StreamKit.Operators;

/// <summary>A record that an operator could not process.</summary>
internal readonly record struct FailedRecord(string Operator, Exception Exception)
{
    public object? Record { get; init; }

    public string? Key { get; init; }

    /// <summary>The event time in ticks; null where there is none.</summary>
    public long? Timestamp { get; init; }

    public string? Split { get; init; }

    public string? Position { get; init; }

    public ReadOnlyMemory<byte> Bytes { get; init; }
}

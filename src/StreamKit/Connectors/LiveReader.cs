namespace StreamKit.Connectors;

/// <summary>A reader of something that cannot be read again.</summary>
internal abstract class LiveReader<T>(string split) : ISplitReader<T>
{
    public string Split { get; } = split;

    public string? Position => null;

    public abstract ValueTask DisposeAsync();

    public abstract ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken);

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"'{Split}' cannot be read again.");
}

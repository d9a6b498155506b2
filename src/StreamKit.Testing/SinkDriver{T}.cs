using StreamKit.Connectors;
using StreamKit.Time;

namespace StreamKit.Testing;

/// <summary>Writes to a sink as a job does, but step by step; for tests of sinks.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public sealed class SinkDriver<T> : IAsyncDisposable
{
    private readonly ISinkWriter<T> _writer;

    internal SinkDriver(ISinkWriter<T> writer) => _writer = writer;

    /// <summary>Writes records without event times as one batch.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public ValueTask WriteAsync(IReadOnlyList<T> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        long[] timestamps = new long[records.Count];
        Array.Fill(timestamps, Timestamp.MinValue.Ticks);
        return _writer.WriteAsync(new SinkBatch<T>(records.ToArray(), timestamps), cancellationToken);
    }

    /// <summary>Writes records with their event times as one batch.</summary>
    /// <param name="records">The records, each with its time.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public ValueTask WriteTimedAsync(
        IReadOnlyList<(T Value, Timestamp Time)> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        T[] values = [.. records.Select(r => r.Value)];
        long[] timestamps = [.. records.Select(r => r.Time.Ticks)];
        return _writer.WriteAsync(new SinkBatch<T>(values, timestamps), cancellationToken);
    }

    /// <summary>Tells the sink the watermark.</summary>
    /// <param name="watermark">The watermark.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask WatermarkAsync(Timestamp watermark, CancellationToken cancellationToken = default) =>
        _writer.OnWatermarkAsync(watermark, cancellationToken);

    /// <summary>Flushes the sink.</summary>
    /// <param name="cancellationToken">Cancels the flush.</param>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => _writer.FlushAsync(cancellationToken);

    /// <summary>Disposes the writer, each time it is called.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}

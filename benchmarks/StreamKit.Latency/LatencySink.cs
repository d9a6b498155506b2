using HdrHistogram;
using StreamKit.Connectors;
using StreamKit.Windowing;

namespace StreamKit.Latency;

/// <summary>Records how long after its window could close each result came.</summary>
internal sealed class LatencySink(PacedSource source, Schedule schedule, TimeSpan warmUp, TimeSpan duration)
    : ISink<WindowResult<int, long>>, ISinkWriter<WindowResult<int, long>>
{
    // Latencies in microseconds, from one to a minute, with three digits.
    private const long MostMicroseconds = 60_000_000;
    private const int Digits = 3;

    public SinkMode Mode => SinkMode.Append;

    /// <summary>In microseconds; the warm-up is not in it.</summary>
    public LongHistogram Histogram { get; } = new(1, MostMicroseconds, Digits);

    public long Results { get; private set; }

    public ValueTask<ISinkWriter<WindowResult<int, long>>> OpenAsync(
        SinkContext context, CancellationToken cancellationToken) => new(this);

    public ValueTask WriteAsync(SinkBatch<WindowResult<int, long>> records, CancellationToken cancellationToken)
    {
        long now = source.Clock.ElapsedTicks;
        foreach (ref readonly WindowResult<int, long> result in records.Values.Span)
        {
            // The end of the input closes the last windows; no event did.
            long closedBy = schedule.ClosedByTicks(result.Window.EndTime.Ticks);
            if (closedBy >= warmUp.Ticks && closedBy < duration.Ticks)
            {
                Results++;
                long microseconds = (now - closedBy) / TimeSpan.TicksPerMicrosecond;
                Histogram.RecordValue(Math.Clamp(microseconds, 1, MostMicroseconds));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using WebAnalytics.AccessLogs;

namespace WebAnalytics.Simulation;

/// <summary>Hands requests out at the pace of their arrival, the first at once.</summary>
/// <param name="deliveries">In the order of their arrival.</param>
/// <param name="time">The clock by which is waited.</param>
/// <param name="speed">1 is real time, 60 a minute in a second, positive infinity never waits.</param>
internal sealed class PacedDeliveries(IReadOnlyList<Delivery> deliveries, TimeProvider time, double speed)
    : IAsyncEnumerable<LogRequest>
{
    public async IAsyncEnumerator<LogRequest> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        long began = time.GetTimestamp();
        foreach (Delivery delivery in deliveries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan due = (delivery.Arrival - deliveries[0].Arrival) / speed;
            TimeSpan rest = due - time.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
            {
                // Timers count whole milliseconds.
                double milliseconds = Math.Ceiling(rest.TotalMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellationToken);
            }

            yield return delivery.Request;
        }
    }
}

namespace HashtagTracker.Live;

/// <summary>Turns a running total into a rate over the last seconds. Not thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="span">Over how long is averaged: short shows every jolt, long shows none.</param>
internal sealed class RateMeter(TimeProvider time, TimeSpan span)
{
    private readonly Queue<(long Timestamp, long Total)> _samples = new();

    /// <summary>Takes the total up to now and gives the rate per second; 0 for the first sample.</summary>
    public double Sample(long total)
    {
        long now = time.GetTimestamp();
        _samples.Enqueue((now, total));

        // The oldest sample that is kept is the youngest one that is at least a span old.
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.ElementAt(1).Timestamp, now) >= span)
        {
            _samples.Dequeue();
        }

        (long timestamp, long earlier) = _samples.Peek();
        double seconds = time.GetElapsedTime(timestamp, now).TotalSeconds;
        return seconds > 0 ? (total - earlier) / seconds : 0;
    }
}

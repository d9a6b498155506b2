using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>The rule by which the records of a key, sorted by event time, are cut into sessions.</summary>
/// <param name="Gap">The pause that ends a session.</param>
/// <param name="MaxDuration">
/// How long after its first record a session ends at the latest; <see cref="long.MaxValue"/>: whenever.
/// </param>
/// <remarks>
/// A walk over the records: a session starts at the first one's time <c>s</c>; a record joins while its time is below
/// the end so far, which is <c>last + gap</c> cut at <c>s + MaxDuration</c>, or one tick after a record that ends the
/// session. A record that does not join starts the next session, and the walk forgets everything before it. That makes
/// the cut of a stretch depend on the stretch alone: it begins anew wherever a session starts.
/// </remarks>
internal readonly record struct SessionCut(long Gap, long MaxDuration = long.MaxValue)
{
    /// <summary>More than the distance between a record and the end of the session that it makes alone.</summary>
    public long LongestAlone => Math.Min(Gap, MaxDuration);

    /// <summary>The end of a session so far.</summary>
    /// <param name="start">The time of its first record.</param>
    /// <param name="last">The time of its last record so far.</param>
    /// <param name="isEnded">Whether a record at that time ends the session.</param>
    public long EndOf(long start, long last, bool isEnded)
    {
        if (isEnded)
        {
            return last + 1; // No record lies at the end of event time.
        }

        long pause = TickMath.Add(last, Gap);
        return MaxDuration == long.MaxValue ? pause : Math.Min(pause, TickMath.Add(start, MaxDuration));
    }

    public SessionCut WithMaxDuration(TimeSpan maxDuration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxDuration, TimeSpan.Zero);
        return this with { MaxDuration = maxDuration.Ticks };
    }
}

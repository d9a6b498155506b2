using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Sessions: each record reaches as far as its gap.</summary>
internal sealed class GapSessions<T>(Func<T, TimeSpan> gap) : IMergingWindowAssigner<T>
{
    public Window Assign(in T record, Timestamp timestamp)
    {
        TimeSpan length = gap(record);
        return length > TimeSpan.Zero
            ? Window.From(timestamp, length)
            : throw new InvalidOperationException($"The gap of a session is {length}: it is more than zero.");
    }
}

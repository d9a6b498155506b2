using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Windows that are given record by record and merge.</summary>
internal sealed class MergingAssigner<T>(IMergingWindowAssigner<T> inner) : WindowAssigner
{
    internal override long GranularityTicks => 0;

    /// <summary>The window of a record.</summary>
    /// <exception cref="InvalidOperationException">It does not contain the record.</exception>
    public Window Assign(in T record, long ticks)
    {
        var timestamp = new Timestamp(ticks);
        Window window = inner.Assign(in record, timestamp);
        return window.Contains(timestamp)
            ? window
            : throw new InvalidOperationException(
                $"The window {window} does not contain {timestamp}, the event time of the record it was given to.");
    }

    public bool ShouldMerge(Window one, Window other) => inner.ShouldMerge(one, other);
}

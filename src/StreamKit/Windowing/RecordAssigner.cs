using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Windows that are given record by record and stay as they are.</summary>
internal sealed class RecordAssigner<T>(IWindowAssigner<T> inner, int maxWindowsPerRecord, long granularity)
    : WindowAssigner
{
    internal override long GranularityTicks => granularity;

    public WindowCollector CreateCollector() => new(maxWindowsPerRecord);

    /// <summary>Collects the windows of a record, by start.</summary>
    /// <exception cref="InvalidOperationException">They break a law.</exception>
    public List<Window> Assign(in T record, long ticks, WindowCollector collector)
    {
        var timestamp = new Timestamp(ticks);
        collector.Start(timestamp);
        inner.Assign(in record, timestamp, collector);
        collector.Finish(granularity);
        return collector.Windows;
    }
}

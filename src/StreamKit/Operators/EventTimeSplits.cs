using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>
/// The splits of an event-time step: those that are read, and those that a checkpoint says are still to come.
/// </summary>
/// <remarks>
/// A split that was read when the checkpoint was taken holds the watermark back until its source has announced it
/// again, as it would have without the interruption: what another split says meanwhile must not make its records late.
/// One that is not announced when all have been counts as retired; if it comes later it goes on from where it was.
/// </remarks>
internal sealed class EventTimeSplits<T>(
    WatermarkStrategy<T> strategy, SplitAlignment? alignment, WatermarkMerge merge, OperatorContext context)
{
    private readonly Dictionary<int, EventTimeSplit<T>> _splits = [];
    private readonly Dictionary<(string Source, string Split), (SavedSplit Saved, int Input)> _awaited = [];
    private readonly Dictionary<(string Source, string Split), SavedSplit> _missing = [];

    /// <summary>The splits that are read.</summary>
    public IReadOnlyCollection<EventTimeSplit<T>> All => _splits.Values;

    /// <summary>The split of a number; it is made, or taken up again, where it is not known.</summary>
    public EventTimeSplit<T> Get(int number, SplitOrigin? origin, out bool isNew)
    {
        isNew = !_splits.TryGetValue(number, out EventTimeSplit<T>? split);
        if (split is not null)
        {
            return split;
        }

        split = Create(origin);
        _splits.Add(number, split);
        context.Counters.AddSplit(split.Status);
        return split;
    }

    /// <summary>Forgets a split that has ended.</summary>
    public void Remove(int number, EventTimeSplit<T> split)
    {
        _splits.Remove(number);
        context.Counters.RemoveSplit(split.Status);
    }

    /// <summary>All splits have been announced: those that were not do not come now.</summary>
    public void Started()
    {
        foreach (((string, string) key, (SavedSplit saved, int input)) in _awaited)
        {
            merge.Retire(input);
            _missing[key] = saved;
        }

        _awaited.Clear();
    }

    public void Save(OperatorSnapshot snapshot, long sent, bool isIdle)
    {
        StateWriter writer = snapshot.Own();
        SavedEventTime.Write(
            ref writer,
            (merge.Current, sent, isIdle, merge.Retired),
            [.. _splits.Values.Select(Save), .. _awaited.Values.Select(static awaited => awaited.Saved)]);
        writer.Flush();
    }

    public SavedEventTime Restore(OperatorState state)
    {
        var saved = new SavedEventTime(state);
        merge.Restore(saved.Watermark, [.. saved.Splits.Select(static split => split.State)], saved.Retired);
        int input = 0;
        foreach (SavedSplit split in saved.Splits)
        {
            _awaited.Add((split.Source, split.Split), (split, input++));
        }

        return saved;
    }

    private EventTimeSplit<T> Create(SplitOrigin? origin)
    {
        var key = (origin?.Source ?? "", origin?.Split ?? "");
        int? input = _awaited.Remove(key, out var awaited) ? awaited.Input : null;
        SavedSplit? saved = input is null ? (_missing.Remove(key, out SavedSplit? late) ? late : null) : awaited.Saved;
        long watermark = Math.Max(origin?.StoredWatermark ?? long.MinValue, saved?.State.Watermark ?? long.MinValue);
        SplitWatermark<T> generator = strategy.CreateGenerator();
        if (saved is not null)
        {
            generator.Restore(saved.Generator);
        }

        var status = new SplitStatus(key.Item1, key.Item2, strategy.Options.BoundTicks, context.Clock.Now)
        {
            Watermark = watermark,
            Highest = saved?.Highest ?? long.MinValue,
        };
        return new EventTimeSplit<T>(input ?? merge.Add(watermark), generator, status)
        {
            LastHeard = context.Clock.Listening,
            Aligned = origin is null ? null : alignment?.Add(origin),
            Told = origin?.AddStep(),
        };
    }

    private SavedSplit Save(EventTimeSplit<T> split) => new(
        split.Status.Source,
        split.Status.Split,
        merge.StateOf(split.Input),
        split.Status.Highest,
        split.Generator.Save());
}

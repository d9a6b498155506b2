using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Makes the general window operator that fits the windows.</summary>
internal static class TriggeredWindows
{
    /// <summary>Whether only the general operator serves these windows and triggers.</summary>
    public static bool AreNeeded<TIn>(WindowOptions options) =>
        options.HasTriggers || options.Assigner is RecordAssigner<TIn> or MergingAssigner<TIn>;

    /// <summary>Whether the general operator knows windows of this kind.</summary>
    public static bool Serve<TIn>(WindowAssigner assigner) =>
        assigner is SlicedAssigner or SessionAssigner or RecordAssigner<TIn> or MergingAssigner<TIn>;

    public static Receiver<KeyedBatch<TKey, TIn>> Open<TKey, TIn, TAcc, TOut, TAggregator>(
        WindowOptions options,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
        where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
    {
        WindowAssigner assigner = Generalised<TIn>(options.Assigner);
        options = options with { Assigner = assigner };
        return assigner is MergingAssigner<TIn>
            ? new MergingWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(options, aggregator, next, late, context)
            : new AssignedWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(options, aggregator, next, late, context);
    }

    private static WindowAssigner Generalised<TIn>(WindowAssigner assigner) => assigner switch
    {
        // The bounds come from the library, which checks how many there are where the windows are written.
        SlicedAssigner sliced => new RecordAssigner<TIn>(new SlicedRecords<TIn>(sliced), int.MaxValue, granularity: 0),
        SessionAssigner { Gap: var gap } =>
            new MergingAssigner<TIn>(new GapSessions<TIn>(_ => TimeSpan.FromTicks(gap))),
        _ => assigner,
    };
}

namespace StreamKit.Aggregation;

/// <content>When records happened.</content>
internal static partial class Parts
{
    public static AggregatorPart<TIn, DateTimeOffset> FirstEventTime<TIn>() =>
        Timed<TIn, long, DateTimeOffset, FirstEventTimeAggregator<TIn>>(default);

    public static AggregatorPart<TIn, DateTimeOffset> LastEventTime<TIn>() =>
        Timed<TIn, long, DateTimeOffset, LastEventTimeAggregator<TIn>>(default);
}

using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Graph;

/// <summary>The step that gives records their event time.</summary>
internal sealed class EventTimeNode<T> : RecordsNode<T>, IConsumer<Batch<T>>
{
    private readonly Func<T, Timestamp> _selector;
    private readonly WatermarkStrategy<T> _strategy;

    public EventTimeNode(StreamNode<Batch<T>> input, Func<T, Timestamp> selector, WatermarkStrategy<T> strategy)
        : base("event-time", input)
    {
        (_selector, _strategy) = (selector, strategy);
        input.Connect(this);
    }

    public override bool HasEventTime => true;

    public override TimeDomain? Domain => TimeDomain.Event;

    public override WatermarkOptions? TimeOptions => Options;

    /// <summary>Where the records beyond the future guard go; null: nowhere apart.</summary>
    public FutureNode<T>? Future { get; private set; }

    /// <summary>The event time of a record.</summary>
    public Func<T, Timestamp> Selector => _selector;

    public Receiver<Batch<T>> Open(Wiring wiring) => wiring.OpenEventTime(this);

    /// <summary>Builds the operator that makes timestamps and watermarks.</summary>
    public Receiver<Batch<T>> OpenOperator(Wiring wiring)
    {
        long granularity = WatermarkInterest.Of(this);
        return new EventTimeOperator<T>(
            _selector,
            _strategy,
            granularity,
            Downstream(wiring),
            wiring.ContextOf(this),
            Future?.Downstream(wiring));
    }

    private WatermarkOptions Options => _strategy.Options;

    public void Attach(FutureNode<T> future)
    {
        Future = future;
        AddConsumer(future);
    }

    public override IEnumerable<string> Validate()
    {
        if (Options.FuturePolicy == FuturePolicy.SideOutput && Future is null)
        {
            yield return $"'{Name}' has a future guard that puts records aside, but nobody takes them: "
                + "use WithEventTime(timestamp, watermarks, out var future), or another FuturePolicy.";
        }

        if (Options.FuturePolicy != FuturePolicy.SideOutput && Future is not null)
        {
            yield return $"'{Name}' has a stream of records from the future, but its watermarks put none there: "
                + "add WithFutureGuard(skew, FuturePolicy.SideOutput) to them.";
        }

        if (Options.AlignmentGroup is { } group && Inputs[0].HasEventTime)
        {
            yield return $"'{Name}' is in the alignment group '{group}', but gives event time a second time, where "
                + "splits can no longer be told apart: put WithAlignment on the first WithEventTime.";
        }
    }
}

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

    /// <summary>The event time of a record.</summary>
    public Func<T, Timestamp> Selector => _selector;

    public Receiver<Batch<T>> Open(Wiring wiring) => wiring.OpenEventTime(this);

    /// <summary>Builds the operator that makes timestamps and watermarks.</summary>
    public Receiver<Batch<T>> OpenOperator(Wiring wiring)
    {
        long granularity = WatermarkInterest.Of(this);
        return new EventTimeOperator<T>(_selector, _strategy, granularity, Downstream(wiring), wiring.ContextOf(this));
    }
}

using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The step that aggregates, for each record, the time before it.</summary>
internal sealed class LookBackNode<TKey, T, TOut, TResult> : RecordsNode<TResult>, IConsumer<KeyedBatch<TKey, T>>
{
    private readonly WindowOptions _options;
    private readonly Func<AggregatorPart<T, TOut>> _aggregator;
    private readonly Func<T, WindowResult<TKey, TOut>, TResult> _select;
    private readonly LateNode<T>? _late;

    public LookBackNode(
        StreamNode<KeyedBatch<TKey, T>> input,
        WindowOptions options,
        Func<AggregatorPart<T, TOut>> aggregator,
        Func<T, WindowResult<TKey, TOut>, TResult> select,
        LateNode<T>? late)
        : base("look-back", input)
    {
        (_options, _aggregator, _select, _late) = (options, aggregator, select, late);
        Results = new WindowOptions(options.Assigner);
        input.Connect(this);
        if (late is not null)
        {
            late.AttachTo(this);
            AddConsumer(late);
        }
    }

    // One result each, whatever else was said about the windows; that is refused below.
    public override WindowOptions Results { get; }

    public override bool ClosesWindows => true;

    // A record waits for the instant after its own, whatever that is.
    public override long? WatermarkGranularity => 0;

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring) =>
        _aggregator().Accept(new Creation(this, Downstream(wiring), _late?.Downstream(wiring), wiring.ContextOf(this)));

    public override IEnumerable<string> Validate()
    {
        if (_options.Assigner is not LookBackAssigner)
        {
            yield return $"'{Name}' wants a record beside each result, but only a look-back has one result per record: "
                + "use TimeWindows.LookBack, or Aggregate without the record.";
            yield break;
        }

        if (_options.Assigner.Domain == TimeDomain.Processing)
        {
            yield return $"'{Name}' looks back in event time: leave out InProcessingTime.";
        }

        if (!HasEventTime)
        {
            yield return $"'{Name}' looks back in event time over a stream without event time: "
                + "call WithEventTime(record => record.Time, Watermarks...) before KeyBy.";
        }

        if (_options with { Mode = default } != Results)
        {
            yield return $"'{Name}' looks back once for each record, when the watermark has passed it, never again: "
                + "leave out AllowLateness, Early and all else that says when a window speaks. To wait longer for "
                + "records that come late, allow more disorder in WithEventTime; SideOutputLate shows what missed.";
        }

        foreach (string mistake in RepeatedResults.Validate(this))
        {
            yield return mistake;
        }
    }

    private sealed class Creation(
        LookBackNode<TKey, T, TOut, TResult> node,
        Receiver<Batch<TResult>> next,
        Receiver<Batch<Late<T>>>? late,
        OperatorContext context) : IAggregatorVisitor<T, TOut, Receiver<KeyedBatch<TKey, T>>>
    {
        public Receiver<KeyedBatch<TKey, T>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<T, TAcc, TOut> =>
            new LookBackOperator<TKey, T, TAcc, TOut, TAggregator, TResult>(
                (LookBackAssigner)node._options.Assigner, aggregator, node._select, next, late, context);
    }
}

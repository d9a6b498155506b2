using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The step that joins two inputs per key and window.</summary>
internal sealed class JoinNode<TKey, TLeft, TRight, TOut> : RecordsNode<TOut>, IStage<JoinBatch<TKey, TLeft, TRight>>
{
    private readonly JoinOptions _options;
    private readonly JoinSelectors<TKey, TLeft, TRight, TOut> _selectors;
    private readonly LateNode<TLeft>? _lateLeft;
    private readonly LateNode<TRight>? _lateRight;

    public JoinNode(
        JoinInputNode<TLeft, TKey, JoinBatch<TKey, TLeft, TRight>> left,
        JoinInputNode<TRight, TKey, JoinBatch<TKey, TLeft, TRight>> right,
        JoinOptions options,
        JoinSelectors<TKey, TLeft, TRight, TOut> selectors,
        (LateNode<TLeft>? Left, LateNode<TRight>? Right) late)
        : base("join", left, right)
    {
        (_options, _selectors) = (options, selectors);
        (_lateLeft, _lateRight) = late;
        left.Connect(this);
        right.Connect(this);
        Attach(_lateLeft);
        Attach(_lateRight);
    }

    public override bool ClosesWindows => true;

    public override long? WatermarkGranularity => _options.Assigner.GranularityTicks switch
    {
        long.MaxValue => null,
        var granularity => granularity == 0 ? 0 : TickMath.Gcd(granularity, _options.LatenessTicks),
    };

    public Receiver<JoinBatch<TKey, TLeft, TRight>> OpenSubtask(Wiring wiring) =>
        new JoinOperator<TKey, TLeft, TRight, TOut>(
            _options,
            _selectors,
            Downstream(wiring),
            _lateLeft?.Downstream(wiring),
            _lateRight?.Downstream(wiring),
            wiring.ContextOf(this));

    public override IEnumerable<string> Validate()
    {
        if (!HasEventTime && _options.Assigner is not GlobalAssigner)
        {
            yield return $"'{Name}' joins in event-time windows, but a side has no event time: "
                + "call WithEventTime(record => record.Time, Watermarks...) before KeyBy on both sides.";
        }

        if (Inputs.Any(static input => input.Domain == TimeDomain.Processing)
            && _options.Assigner is not GlobalAssigner)
        {
            yield return $"'{Name}' joins in event-time windows, but a side holds results of windows in processing "
                + "time: call WithEventTime(record => record.Time, Watermarks...) on them before KeyBy.";
        }

        // A result that is replaced would be joined twice, and nothing takes the first pair out again.
        if (Inputs.Any(static input => input.Results is { CanRepeat: true, Mode: not PaneMode.Discarding }))
        {
            yield return $"'{Name}' would join results several times: the windows before it emit more than one result "
                + "for a key and window (early firing or allowed lateness), each replacing the one before. "
                + "Use Panes(PaneMode.Discarding) there, leave out Early and AllowLateness, "
                + "or call AsAppend() before KeyBy if every result is to be joined.";
        }
    }

    private void Attach<T>(LateNode<T>? late)
    {
        if (late is not null)
        {
            late.AttachTo(this);
            AddConsumer(late);
        }
    }
}

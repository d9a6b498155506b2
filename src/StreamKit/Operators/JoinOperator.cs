using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Joins two inputs per key and window.</summary>
/// <remarks>
/// Records are kept by slice and key. When the watermark reaches the end of a window its pairs are emitted; a record
/// that is accepted later makes its new pairs at once. What can be said only when nothing more can come (records that
/// found no other, and groups) is said when the window expires, so each of it is said once and never taken back.
/// Everything that a watermark brings goes out before it.
/// </remarks>
internal sealed partial class JoinOperator<TKey, TLeft, TRight, TOut> : Receiver<JoinBatch<TKey, TLeft, TRight>>
{
    private readonly OperatorContext _context;
    private readonly JoinOptions _options;
    private readonly bool _hasRest;
    private readonly JoinStore<TKey, TLeft, TRight> _store;
    private readonly Emitter<TOut> _results;
    private readonly LateOutput<TLeft> _lateLeft;
    private readonly LateOutput<TRight> _lateRight;
    private readonly JoinEmission<TKey, TLeft, TRight, TOut> _emission;
    private readonly JoinFiller<TKey, TLeft, TRight, TOut> _filler;
    private JoinBatch<TKey, TLeft, TRight>? _batch;
    private int _at;
    private Signal? _signal;
    private JoinWindow<TKey, TLeft, TRight>? _firing;
    private long _watermark = long.MinValue;

    public JoinOperator(
        JoinOptions options,
        JoinSelectors<TKey, TLeft, TRight, TOut> selectors,
        Receiver<Batch<TOut>> next,
        Receiver<Batch<Late<TLeft>>>? lateLeft,
        Receiver<Batch<Late<TRight>>>? lateRight,
        OperatorContext context)
    {
        (_options, _context) = (options, context);
        _hasRest = selectors.HasRest;
        _store = new(options.LatenessTicks, keepsTimestamps: selectors.Group is not null);
        _results = new(next, context.BatchSize, context.Counters);
        _lateLeft = new(lateLeft, context);
        _lateRight = new(lateRight, context);
        _emission = new(selectors, _results, context);
        _filler = new(options, _store, selectors.HasPairs ? _emission : null, context);
        context.Remember(this);
    }

    public override long NextTimer =>
        Math.Min(_results.NextTimer, Math.Min(_lateLeft.NextTimer, _lateRight.NextTimer));

    public override bool HoldsNothing => _store.WindowCount == 0 && _batch is null && _signal is null
        && _results.HoldsNothing && _lateLeft.HoldsNothing && _lateRight.HoldsNothing;

    private bool IsBlocked => _results.IsBlocked || _lateLeft.IsBlocked || _lateRight.IsBlocked;

    public override bool OnBatch(JoinBatch<TKey, TLeft, TRight> batch)
    {
        _context.Counters.RecordsIn += batch.Count;
        (_batch, _at) = (batch, 0);
        return Continue();
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind != SignalKind.Watermark || signal.Value <= _watermark)
        {
            return PushSignal(signal);
        }

        _watermark = signal.Value;
        _context.Counters.Watermark = signal.Value;
        _filler.OnWatermark(signal.Value);
        _signal = signal;
        return Continue();
    }

    public override bool Resume()
    {
        bool drained = _results.Resume();
        drained &= _lateLeft.Resume();
        drained &= _lateRight.Resume();
        return drained && Continue();
    }

    // A batch, or a round of work for a watermark, or nothing: the two never overlap.
    private bool Continue()
    {
        if (_batch is { } batch)
        {
            if (!AddRecords(batch))
            {
                return false;
            }

            batch.Return();
            _batch = null;
            _results.Flush();
            _lateLeft.Flush();
            _lateRight.Flush();
        }
        else if (_signal is { } signal)
        {
            if (!FireDue())
            {
                return false;
            }

            _signal = null;
            _context.Counters.OpenWindows = _store.WindowCount;
            _context.Counters.Keys = _store.KeyCount;
            return PushSignal(signal);
        }

        return !IsBlocked;
    }

    private bool AddRecords(JoinBatch<TKey, TLeft, TRight> batch)
    {
        while (_emission.Continue() && !IsBlocked && _at < batch.Count)
        {
            _at = batch.Left is { } left
                ? _filler.Add<TLeft, LeftSide<TKey, TLeft, TRight>>(left, _at, _lateLeft)
                : _filler.Add<TRight, RightSide<TKey, TLeft, TRight>>(batch.Right!, _at, _lateRight); // One is set.
        }

        return _at == batch.Count && !_emission.IsActive && !IsBlocked;
    }

    private bool FireDue()
    {
        while (_emission.Continue())
        {
            if (_firing is { } fired)
            {
                _firing = null;
                Settle(fired);
            }

            if (!_store.TryTakeDue(_watermark, out JoinWindow<TKey, TLeft, TRight> due))
            {
                return true;
            }

            bool wasComplete = due.IsComplete;
            due.IsComplete = true;
            _firing = due;
            bool isExpired = _store.IsExpired(due.Bounds, _watermark);
            if (!wasComplete || _hasRest)
            {
                _emission.Start(due, pairs: !wasComplete, rest: isExpired);
            }
        }

        return false;
    }

    private void Settle(JoinWindow<TKey, TLeft, TRight> window)
    {
        if (_store.IsExpired(window.Bounds, _watermark))
        {
            _store.Remove(window);
        }
        else
        {
            _store.KeepUntilExpiry(window);
        }
    }

    private bool PushSignal(Signal signal)
    {
        _results.Push(signal);
        _lateLeft.Push(signal);
        _lateRight.Push(signal);
        return !IsBlocked;
    }
}

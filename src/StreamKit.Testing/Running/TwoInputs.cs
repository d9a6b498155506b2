using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>Deals what a test pushes to two inputs; the two see it in the order in which it was pushed.</summary>
internal sealed class TwoInputs<TLeft, TRight>(
    Receiver<Batch<TLeft>> left, Receiver<Batch<TRight>> right, int batchSize)
    : Receiver<Batch<InputOfTwo<TLeft, TRight>>>
{
    private readonly Output<Batch<TLeft>> _left = new(left);
    private readonly Output<Batch<TRight>> _right = new(right);
    private readonly BatchPool<TLeft> _leftPool = new(batchSize);
    private readonly BatchPool<TRight> _rightPool = new(batchSize);
    private Batch<TLeft>? _leftBatch;
    private Batch<TRight>? _rightBatch;

    public override long NextTimer => Math.Min(_left.NextTimer, _right.NextTimer);

    public override bool HoldsNothing => _left.HoldsNothing && _right.HoldsNothing;

    private bool CanTakeMore => !_left.IsBlocked && !_right.IsBlocked;

    public override bool OnBatch(Batch<InputOfTwo<TLeft, TRight>> batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            Deal(batch.Timestamps[i], in batch.Values[i]);
        }

        batch.Return();
        Flush();
        return CanTakeMore;
    }

    public override bool OnSignal(Signal signal)
    {
        _left.Push(signal);
        _right.Push(signal);
        return CanTakeMore;
    }

    public override bool Resume()
    {
        bool all = _left.Resume();
        all &= _right.Resume();
        return all;
    }

    private void Deal(long ticks, in InputOfTwo<TLeft, TRight> item)
    {
        switch (item.Kind)
        {
            case InputKind.Left:
                FlushRight();
                (_leftBatch ??= _leftPool.Rent()).Add(ticks, item.Left);
                return;
            case InputKind.Right:
                FlushLeft();
                (_rightBatch ??= _rightPool.Rent()).Add(ticks, item.Right);
                return;
        }

        Flush();
        switch (item.Kind)
        {
            case InputKind.LeftWatermark:
                _left.Push(Signal.Watermark(ticks));
                break;
            case InputKind.RightWatermark:
                _right.Push(Signal.Watermark(ticks));
                break;
            case InputKind.LeftIdle:
                _left.Push(Signal.Idle);
                break;
            default:
                _right.Push(Signal.Idle);
                break;
        }
    }

    private void Flush()
    {
        FlushLeft();
        FlushRight();
    }

    private void FlushLeft()
    {
        if (_leftBatch is { } batch)
        {
            _leftBatch = null;
            _left.Push(batch);
        }
    }

    private void FlushRight()
    {
        if (_rightBatch is { } batch)
        {
            _rightBatch = null;
            _right.Push(batch);
        }
    }
}

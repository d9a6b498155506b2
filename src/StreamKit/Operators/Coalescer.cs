using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Puts small batches, and the watermarks between them, together before they go through a channel.</summary>
/// <remarks>
/// Sessions say a few results behind nearly every batch of records, and each hand-over wakes who waits at the other
/// end. A watermark may come later than it could, never sooner, so the last one stands for all. Nothing waits for
/// company: what is held goes on as soon as the input has nothing more to read, or the subtask waits for room
/// elsewhere.
/// </remarks>
internal sealed class Coalescer<T>(Receiver<Batch<T>> next) : Receiver<Batch<T>>, IHoldsBack
{
    // Under load the input always has more, so results also go on after so many hand-overs: some thousand records.
    private const int MostHeld = 16;

    private readonly Output<Batch<T>> _output = new(next);
    private Batch<T>? _batch;
    private long? _watermark;
    private int _held;

    public override long NextTimer => _output.NextTimer;

    public override bool HoldsNothing => _batch is null && _watermark is null && _output.HoldsNothing;

    public override bool OnBatch(Batch<T> batch)
    {
        if (_batch is not { } pending)
        {
            _batch = batch;
        }
        else if (pending.TryAppend(batch))
        {
            batch.Return();
        }
        else
        {
            _output.Push(pending);
            _batch = batch;
        }

        return Hold();
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind == SignalKind.Watermark)
        {
            _watermark = signal.Value;
            return Hold();
        }

        if (signal.Kind != SignalKind.ProcessingTime)
        {
            HandOver();
        }

        _output.Push(signal);
        return !_output.IsBlocked;
    }

    public override bool Resume() => _output.Resume();

    public void HandOver()
    {
        _held = 0;
        if (_batch is { } batch)
        {
            _batch = null;
            _output.Push(batch);
        }

        if (_watermark is { } watermark)
        {
            _watermark = null;
            _output.Push(Signal.Watermark(watermark));
        }
    }

    private bool Hold()
    {
        if (++_held >= MostHeld || _batch is { IsFull: true })
        {
            HandOver();
        }

        return !_output.IsBlocked;
    }
}

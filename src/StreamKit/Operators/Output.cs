using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Where an operator puts its results; what the next receiver cannot take now is held in order.</summary>
/// <remarks>
/// An operator that can produce much from one record looks at <see cref="IsBlocked"/> and stops; the hold is for the
/// little that is under way when the next receiver says stop.
/// </remarks>
internal sealed class Output<TBatch>(Receiver<TBatch> next)
{
    private readonly Queue<(bool IsBatch, TBatch Batch, Signal Signal)> _held = new();

    public bool IsBlocked { get; private set; }

    public long NextTimer => next.NextTimer;

    public bool HoldsNothing => _held.Count == 0 && next.HoldsNothing;

    /// <summary>Whether what is pushed has to wait a while before it is worked on.</summary>
    public bool IsBusy => IsBlocked || next.IsBusy;

    public void Push(TBatch batch)
    {
        if (IsBlocked)
        {
            _held.Enqueue((true, batch, default));
        }
        else
        {
            IsBlocked = !next.OnBatch(batch);
        }
    }

    public void Push(Signal signal)
    {
        if (IsBlocked)
        {
            _held.Enqueue((false, default!, signal));
        }
        else
        {
            IsBlocked = !next.OnSignal(signal);
        }
    }

    /// <summary>Goes on handing over; true when nothing is held any more and the next receiver can take more.</summary>
    public bool Resume()
    {
        if (!IsBlocked)
        {
            return true;
        }

        if (!next.Resume())
        {
            return false;
        }

        IsBlocked = false;
        while (!IsBlocked && _held.TryDequeue(out (bool IsBatch, TBatch Batch, Signal Signal) item))
        {
            IsBlocked = item.IsBatch ? !next.OnBatch(item.Batch) : !next.OnSignal(item.Signal);
        }

        return !IsBlocked;
    }
}

using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Where the records of one side go that missed a window; nowhere, but counted, where nobody asked.</summary>
internal sealed class JoinLateOutput<T>(Receiver<Batch<Late<T>>>? next, OperatorContext context)
{
    private readonly Emitter<Late<T>>? _late =
        next is null ? null : new Emitter<Late<T>>(next, context.BatchSize, new("late", context.Subtask));

    public long NextTimer => _late?.NextTimer ?? long.MaxValue;

    public bool HoldsNothing => _late?.HoldsNothing ?? true;

    public bool IsBlocked => _late is { IsBlocked: true };

    public void Emit(Batch<T> batch, int at, List<Window> missed, bool acceptedByOthers, long watermark)
    {
        if (acceptedByOthers)
        {
            context.Counters.PartlyLateRecords++;
        }
        else
        {
            context.Counters.LateRecords++;
        }

        LateReason reason = batch.LateCause == LateCause.IdleInputRejoined
            ? LateReason.IdleInputRejoined
            : LateReason.BehindWatermark;
        var timestamp = new Timestamp(batch.Timestamps[at]);
        _late?.Emit(timestamp.Ticks, new Late<T>(
            batch.Values[at], timestamp, new Timestamp(watermark), [.. missed], acceptedByOthers, reason));
    }

    public void Push(Signal signal) => _late?.Push(signal);

    public void Flush() => _late?.Flush();

    public bool Resume() => _late?.Resume() ?? true;
}

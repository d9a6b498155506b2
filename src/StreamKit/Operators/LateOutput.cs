using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// The second output of a step without windows: records that came too late for it, counted in any case.
/// </summary>
internal sealed class LateOutput<T>(Receiver<Batch<Late<T>>>? next, OperatorContext context)
{
    private readonly Emitter<Late<T>>? _emitter =
        next is null ? null : new Emitter<Late<T>>(next, context.BatchSize, new("late", context.Subtask));

    public bool IsBlocked => _emitter is { IsBlocked: true };

    public long NextTimer => _emitter?.NextTimer ?? long.MaxValue;

    public bool HoldsNothing => _emitter?.HoldsNothing ?? true;

    public void Emit(long timestamp, T value, long watermark, LateCause cause)
    {
        context.Counters.LateRecords++;
        LateReason reason = cause == LateCause.IdleInputRejoined
            ? LateReason.IdleInputRejoined
            : LateReason.BehindWatermark;
        _emitter?.Emit(timestamp, new Late<T>(
            value, new Timestamp(timestamp), new Timestamp(watermark), [], acceptedByOthers: false, reason));
    }

    public void Flush() => _emitter?.Flush();

    public void Push(Signal signal) => _emitter?.Push(signal);

    public bool Resume() => _emitter?.Resume() ?? true;
}

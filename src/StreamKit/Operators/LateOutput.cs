using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// The second output of a step: records that came too late for it or for some of its windows, counted in any case.
/// </summary>
internal sealed class LateOutput<T>(Receiver<Batch<Late<T>>>? next, OperatorContext context)
{
    private readonly Emitter<Late<T>>? _emitter =
        next is null ? null : new Emitter<Late<T>>(next, context.BatchSize, new("late", context.Subtask));

    public bool IsBlocked => _emitter is { IsBlocked: true };

    public long NextTimer => _emitter?.NextTimer ?? long.MaxValue;

    public bool HoldsNothing => _emitter?.HoldsNothing ?? true;

    /// <summary>Emits one record of a batch that missed some windows.</summary>
    public void Emit(Batch<T> batch, int at, IEnumerable<Window> missed, bool acceptedByOthers, long watermark) =>
        Emit(batch.Timestamps[at], batch.Values[at], watermark, batch.LateCause, missed, acceptedByOthers);

    /// <summary>Emits a record that missed some windows, or came too late for a step without windows.</summary>
    public void Emit(
        long timestamp,
        T value,
        long watermark,
        LateCause cause,
        IEnumerable<Window>? missed = null,
        bool acceptedByOthers = false)
    {
        // Aggregated before the exchange, one record stands for several.
        int records = value is IRecords several ? several.Count : 1;

        // The reason first: who sees that a record was late sees why.
        LateReason reason = LateReason.BehindWatermark;
        if (cause == LateCause.IdleInputRejoined)
        {
            reason = LateReason.IdleInputRejoined;
            context.Counters.CountRejoined(acceptedByOthers);
        }

        if (acceptedByOthers)
        {
            context.Counters.PartlyLateRecords += records;
        }
        else
        {
            context.Counters.LateRecords += records;
        }

        _emitter?.Emit(timestamp, new Late<T>(
            value, new Timestamp(timestamp), new Timestamp(watermark), [.. missed ?? []], acceptedByOthers, reason));
    }

    public void Flush() => _emitter?.Flush();

    public void Push(Signal signal) => _emitter?.Push(signal);

    public bool Resume() => _emitter?.Resume() ?? true;
}

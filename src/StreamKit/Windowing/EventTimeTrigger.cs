using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Fires when the watermark passes a multiple of the period, counted from 1970.</summary>
/// <remarks>The next multiple is counted from the watermark, so a leap over many of them is one step.</remarks>
internal sealed class EventTimeTrigger(long period) : BuiltInTrigger<Unit>
{
    internal override long? GranularityTicks => period;

    public override TriggerResult OnRecord(ref Unit state, TriggerContext context)
    {
        if (context.EventTimer is null)
        {
            long next = TickMath.Add(TickMath.AlignedStart(context.Watermark.Ticks, period, 0), period);

            // Due when the watermark is the multiple, not only when it is beyond.
            context.SetEventTimer(new Timestamp(TickMath.Add(next, -1)));
        }

        return TriggerResult.Wait;
    }
}

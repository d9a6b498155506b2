using StreamKit.Records;

namespace StreamKit.Windowing;

/// <summary>Fires so long after the first record since it last did.</summary>
internal sealed class ProcessingTimeTrigger(long period) : BuiltInTrigger<Unit>
{
    public long PeriodTicks => period;

    public override TriggerResult OnRecord(ref Unit state, TriggerContext context)
    {
        if (context.ProcessingTimer is null)
        {
            context.SetProcessingTimer(new TimeSpan(period));
        }

        return TriggerResult.Wait;
    }
}

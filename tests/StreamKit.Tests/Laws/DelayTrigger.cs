using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>A trigger of a user: so much processing time after the first record since it last fired.</summary>
internal sealed class DelayTrigger<T>(long ticks) : ITrigger<T, Unit>
{
    public Unit Create() => default;

    public TriggerResult OnRecord(ref Unit state, in T record, TriggerContext context)
    {
        if (context.ProcessingTimer is null)
        {
            context.SetProcessingTimer(TimeSpan.FromTicks(ticks));
        }

        return TriggerResult.Wait;
    }

    public void Merge(ref Unit into, in Unit from)
    {
    }
}

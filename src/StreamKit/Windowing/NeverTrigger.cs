using StreamKit.Records;

namespace StreamKit.Windowing;

/// <summary>Never fires: what is not said when the window completes is said when it expires.</summary>
internal sealed class NeverTrigger : BuiltInTrigger<Unit>
{
    public override TriggerResult OnRecord(ref Unit state, TriggerContext context) => TriggerResult.Wait;
}

using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>A trigger of a user, written down by a test; its state counts.</summary>
internal sealed class ScriptedTrigger : ITrigger<string, int>
{
    internal delegate TriggerResult Step(ref int state, string record, TriggerContext context);

    public Step OnRecordStep { get; init; } = static (ref _, _, _) => TriggerResult.Wait;

    public Step OnEventTimerStep { get; init; } = static (ref _, _, _) => TriggerResult.Fire;

    public Step OnProcessingTimerStep { get; init; } = static (ref _, _, _) => TriggerResult.Fire;

    public Func<int> Creating { get; init; } = static () => 0;

    public Func<int, int, int> Merging { get; init; } = static (a, b) => a + b;

    public int Create() => Creating();

    public TriggerResult OnRecord(ref int state, in string record, TriggerContext context) =>
        OnRecordStep(ref state, record, context);

    public TriggerResult OnEventTimer(ref int state, TriggerContext context) =>
        OnEventTimerStep(ref state, string.Empty, context);

    public TriggerResult OnProcessingTimer(ref int state, TriggerContext context) =>
        OnProcessingTimerStep(ref state, string.Empty, context);

    public void Merge(ref int into, in int from) => into = Merging(into, from);
}

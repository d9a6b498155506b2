namespace StreamKit.Windowing;

/// <summary>A trigger that does not look at records.</summary>
internal abstract class BuiltInTrigger<TState> : WindowTrigger
    where TState : struct
{
    internal override long? GranularityTicks => null;

    public abstract TriggerResult OnRecord(ref TState state, TriggerContext context);

    public virtual TriggerResult OnTimer(ref TState state, TriggerContext context) => TriggerResult.Fire;

    public virtual void Merge(ref TState into, in TState from)
    {
    }

    internal override TriggerStates<T> Open<T>() => new TypedTriggerStates<T, TState>(new OverRecords<T>(this));

    private sealed class OverRecords<T>(BuiltInTrigger<TState> trigger) : ITrigger<T, TState>
    {
        public TState Create() => default;

        public TriggerResult OnRecord(ref TState state, in T record, TriggerContext context) =>
            trigger.OnRecord(ref state, context);

        public TriggerResult OnEventTimer(ref TState state, TriggerContext context) =>
            trigger.OnTimer(ref state, context);

        public TriggerResult OnProcessingTimer(ref TState state, TriggerContext context) =>
            trigger.OnTimer(ref state, context);

        public void Merge(ref TState into, in TState from) => trigger.Merge(ref into, in from);
    }
}

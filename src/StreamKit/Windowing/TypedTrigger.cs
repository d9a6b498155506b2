namespace StreamKit.Windowing;

/// <summary>A trigger of the user; only a stream of its records takes it.</summary>
internal sealed class TypedTrigger<TRecord, TState>(ITrigger<TRecord, TState> trigger) : WindowTrigger
    where TState : struct
{
    // It may set a timer for any instant.
    internal override long? GranularityTicks => 0;

    internal override TriggerStates<T> Open<T>() =>
        new TypedTriggerStates<TRecord, TState>(trigger) as TriggerStates<T>
        ?? throw new InvalidOperationException($"A trigger over {typeof(TRecord)} was given records of {typeof(T)}.");
}

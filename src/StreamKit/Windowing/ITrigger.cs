namespace StreamKit.Windowing;

/// <summary>Decides when a window says its result: early, before it is complete, or late, after it was.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <typeparam name="TState">
/// What is remembered for each key and window; plain data, because it becomes a part of checkpoints.
/// </typeparam>
/// <remarks>
/// <para>
/// A trigger decides only when. A window says its result when it is complete whatever the trigger says, and once more
/// when it expires, if a record came that it has not said. So no trigger can lose a record, finish a window, or bring
/// an expired one back.
/// </para>
/// <para>
/// Each phase of a window has a state of its own: that of an early trigger goes when the window completes, together
/// with its timers; that of a late trigger begins with the first late record. One trigger serves all keys, windows and
/// lanes, and several lanes call it at the same time: it keeps nothing between calls but the state.
/// </para>
/// <para>
/// An exception goes to the error policy. Where that goes on, the record counts, and state and timers are as before the
/// call.
/// </para>
/// </remarks>
/// <example><code>
/// sealed class OnLargeOrder : ITrigger&lt;Order, Unit&gt;
/// {
///     public Unit Create() => default;
///     public TriggerResult OnRecord(ref Unit state, in Order order, TriggerContext context) =>
///         order.Amount > 1_000 ? TriggerResult.Fire : TriggerResult.Wait;
///     public void Merge(ref Unit into, in Unit from) { }
/// }
/// </code></example>
public interface ITrigger<T, TState>
    where TState : struct
{
    /// <summary>The state of a key and window that has seen no record.</summary>
    TState Create();

    /// <summary>A record was added to the window.</summary>
    /// <param name="state">The state.</param>
    /// <param name="record">The record.</param>
    /// <param name="context">What is known, and the timers.</param>
    TriggerResult OnRecord(ref TState state, in T record, TriggerContext context);

    /// <summary>
    /// The event-time timer is due: every record up to its instant has been seen. Default: the window fires.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="context">What is known; the timer is no longer set, and one that is set now must be later.</param>
    /// <remarks>
    /// Not called where the same watermark completes the window, or lets it expire: that alone is said then.
    /// </remarks>
    TriggerResult OnEventTimer(ref TState state, TriggerContext context) => TriggerResult.Fire;

    /// <summary>The processing-time timer is due. Default: the window fires.</summary>
    /// <param name="state">The state.</param>
    /// <param name="context">What is known; the timer is no longer set, and one that is set now must be later.</param>
    TriggerResult OnProcessingTimer(ref TState state, TriggerContext context) => TriggerResult.Fire;

    /// <summary>Two windows become one, as sessions do: counts are added, and so on.</summary>
    /// <param name="into">The state that stays.</param>
    /// <param name="from">The state that goes.</param>
    /// <remarks>The timers need no care: of each kind the earlier one stays.</remarks>
    void Merge(ref TState into, in TState from);
}

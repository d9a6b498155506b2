using StreamKit.Windowing;

namespace StreamKit;

/// <content>When a window says its result.</content>
public sealed partial class WindowedStream<TKey, T>
{
    /// <summary>Says when open windows say what they have so far.</summary>
    /// <param name="trigger">When; see <see cref="Triggers"/>. Default: never.</param>
    /// <remarks>The result at the window's end is the same with and without early results.</remarks>
    /// <example><code>
    /// .Window(TimeWindows.Tumbling(TimeSpan.FromHours(1))).Early(Triggers.EveryRecords(100))
    /// </code></example>
    public WindowedStream<TKey, T> Early(WindowTrigger trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return With(trigger switch
        {
            // What the special operators do by themselves.
            NeverTrigger => _options with { EarlyEveryTicks = null, Early = null },
            ProcessingTimeTrigger { PeriodTicks: var every } => _options with { EarlyEveryTicks = every, Early = null },
            _ => _options with { EarlyEveryTicks = null, Early = trigger },
        });
    }

    /// <summary>Says by a trigger of one's own when open windows say what they have so far.</summary>
    /// <typeparam name="TState">What the trigger remembers for each key and window.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <inheritdoc cref="Early(WindowTrigger)" path="/remarks"/>
    public WindowedStream<TKey, T> Early<TState>(ITrigger<T, TState> trigger)
        where TState : struct
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return Early(new TypedTrigger<T, TState>(trigger));
    }

    /// <summary>Says when complete windows say what late records changed.</summary>
    /// <param name="trigger">When; see <see cref="Triggers"/>. Default: at each late record.</param>
    /// <remarks>
    /// It needs <see cref="AllowLateness"/>. What the trigger has not said when the window expires is said then, by a
    /// pane with <see cref="Pane.IsFinal"/>.
    /// </remarks>
    /// <example><code>
    /// .AllowLateness(TimeSpan.FromHours(1)).Late(Triggers.EveryProcessingTime(TimeSpan.FromSeconds(5)))
    /// </code></example>
    public WindowedStream<TKey, T> Late(WindowTrigger trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);

        // At each record is what the special operators do by themselves.
        return With(_options with { Late = trigger is RecordsTrigger { IsEachRecord: true } ? null : trigger });
    }

    /// <summary>Says by a trigger of one's own when complete windows say what late records changed.</summary>
    /// <typeparam name="TState">What the trigger remembers for each key and window.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <inheritdoc cref="Late(WindowTrigger)" path="/remarks"/>
    public WindowedStream<TKey, T> Late<TState>(ITrigger<T, TState> trigger)
        where TState : struct
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return Late(new TypedTrigger<T, TState>(trigger));
    }

    /// <summary>Says when windows say their results, before they are complete and after.</summary>
    /// <param name="trigger">When; see <see cref="Triggers"/>.</param>
    /// <remarks>
    /// The same as <c>Early(trigger).Late(trigger)</c>; before and after, the trigger counts anew. The global window,
    /// which completes only when the stream ends, speaks in between by its trigger.
    /// </remarks>
    /// <example><code>
    /// .Window(TimeWindows.Global()).Trigger(Triggers.EveryRecords(1_000))
    /// </code></example>
    public WindowedStream<TKey, T> Trigger(WindowTrigger trigger) => Early(trigger).Late(trigger);

    /// <summary>
    /// Says by a trigger of one's own when windows say their results, before they are complete and after.
    /// </summary>
    /// <typeparam name="TState">What the trigger remembers for each key and window.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <inheritdoc cref="Trigger(WindowTrigger)" path="/remarks"/>
    public WindowedStream<TKey, T> Trigger<TState>(ITrigger<T, TState> trigger)
        where TState : struct => Early(trigger).Late(trigger);

    /// <summary>
    /// Makes windows say one result when they are complete, and one for each late record that is accepted after that:
    /// the default, said aloud. Takes triggers given before back.
    /// </summary>
    public WindowedStream<TKey, T> EmitOnClose() =>
        With(_options with { EarlyEveryTicks = null, Early = null, Late = null });

    /// <summary>Makes windows say their new result whenever a record changes it.</summary>
    /// <param name="throttle">
    /// The least processing time between two such results of one key and window; more than zero. Null, the default:
    /// none, each record makes a result.
    /// </param>
    /// <remarks>
    /// The last change is never lost: it is said when the period is over. The result at completion comes when it is
    /// due, whatever was said before, and the throttle begins anew behind it.
    /// </remarks>
    /// <example><code>
    /// .Window(TimeWindows.Tumbling(TimeSpan.FromDays(1))).EmitOnUpdate(throttle: TimeSpan.FromSeconds(1))
    /// </code></example>
    public WindowedStream<TKey, T> EmitOnUpdate(TimeSpan? throttle = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(
            throttle ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(throttle));
        return Trigger(throttle is { Ticks: var ticks } ? new UpdateTrigger(ticks) : Triggers.EveryRecord());
    }
}

namespace StreamKit.Windowing;

/// <summary>
/// When a window says its result before it is complete, or again after it was. Made by <c>Triggers</c>.
/// </summary>
public abstract class WindowTrigger
{
    private protected WindowTrigger()
    {
    }

    /// <summary>
    /// The distance between the watermarks that the trigger waits for, in ticks; 0: it may wait for any; null: none.
    /// </summary>
    internal abstract long? GranularityTicks { get; }

    /// <summary>The states of one operator over records of a type.</summary>
    internal abstract TriggerStates<T> Open<T>();
}

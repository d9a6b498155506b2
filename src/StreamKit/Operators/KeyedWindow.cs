using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>One window of one key: content, what was said of it, and what its trigger remembers.</summary>
internal sealed class KeyedWindow<TKey, TAcc, TOut>
{
    public KeyedWindow(TKey key, ulong hash, Window bounds, long order)
    {
        (Key, Hash, Bounds, Order) = (key, hash, bounds, order);
        Due = new DueEntry<KeyedWindow<TKey, TAcc, TOut>>(this);
    }

    public TKey Key { get; }

    public ulong Hash { get; }

    public Window Bounds { get; set; }

    /// <summary>When its oldest part was made, against all others; breaks ties in the order of firing.</summary>
    public long Order { get; set; }

    public TAcc Accumulator = default!; // Created by the operator together with the window.

    public PaneState<TOut> Panes;

    /// <summary>The number of the trigger's state in the window's phase; -1 where it has none yet.</summary>
    public int Trigger = -1;

    public TriggerTimers Timers = new();

    /// <summary>Whether it has content since its last result.</summary>
    public bool IsDirty { get; set; }

    /// <summary>
    /// Whether the watermark has reached the end: the late trigger decides from now on, not the early one.
    /// </summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether it merges with the record that is being added.</summary>
    public bool IsMet { get; set; }

    /// <summary>Its place among what the watermark makes due: its end, its expiry, its event timer.</summary>
    public DueEntry<KeyedWindow<TKey, TAcc, TOut>> Due { get; }

    /// <summary>Its place among the processing-time timers; null until it sets one.</summary>
    public DueEntry<KeyedWindow<TKey, TAcc, TOut>>? Alarm { get; set; }

    /// <summary>Another window of the same key, where windows merge.</summary>
    public KeyedWindow<TKey, TAcc, TOut>? Next { get; set; }
}

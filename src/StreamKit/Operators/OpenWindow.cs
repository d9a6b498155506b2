using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>A window that has content and is not expired.</summary>
internal sealed class OpenWindow<TKey, TAcc, TOut>(Window bounds)
{
    public Window Bounds { get; } = bounds;

    /// <summary>The slices that have content, by start.</summary>
    public List<Slice<TKey, TAcc>> Slices { get; } = [];

    /// <summary>What was emitted for each key; null until something must be remembered.</summary>
    public KeyTable<TKey, PaneState<TOut>>? Panes { get; set; }

    /// <summary>Whether the watermark has reached the end.</summary>
    public bool IsComplete { get; set; }

    public void AddSlice(Slice<TKey, TAcc> slice)
    {
        int at = Slices.Count;
        while (at > 0 && Slices[at - 1].Bounds.StartTime > slice.Bounds.StartTime)
        {
            at--;
        }

        Slices.Insert(at, slice);
        slice.LiveWindows++;
    }
}

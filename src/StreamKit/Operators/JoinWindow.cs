using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>A window of a join that has records and is not expired.</summary>
internal sealed class JoinWindow<TKey, TLeft, TRight>(Window bounds)
{
    public Window Bounds { get; } = bounds;

    /// <summary>The slices that have records, by start.</summary>
    public List<JoinSlice<TKey, TLeft, TRight>> Slices { get; } = [];

    /// <summary>Whether the watermark has reached the end.</summary>
    public bool IsComplete { get; set; }

    public void AddSlice(JoinSlice<TKey, TLeft, TRight> slice)
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

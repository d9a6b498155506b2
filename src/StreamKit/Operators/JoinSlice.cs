using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>The records of both sides in one stretch of event time, by key.</summary>
internal sealed class JoinSlice<TKey, TLeft, TRight>(
    JoinRowPool<TLeft> leftPool, JoinRowPool<TRight> rightPool, bool keepsTimestamps)
{
    public Window Bounds { get; private set; }

    /// <summary>The end of the window over the slice that closes first: before it, every record is on time.</summary>
    public long FirstEnd { get; private set; }

    /// <summary>How many windows that are not expired the slice belongs to.</summary>
    public int LiveWindows { get; set; }

    public KeyTable<TKey, JoinEntry> Table { get; } = new();

    public JoinRows<TLeft> Left { get; } = new(leftPool, keepsTimestamps);

    public JoinRows<TRight> Right { get; } = new(rightPool, keepsTimestamps);

    public void Open(Window bounds, long firstEnd) => (Bounds, FirstEnd, LiveWindows) = (bounds, firstEnd, 0);

    public void Close()
    {
        Table.Clear();
        Left.Clear();
        Right.Clear();
    }
}

using System.Runtime.InteropServices;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines.Rx;

/// <summary>What a tumbling window has gathered.</summary>
internal sealed class RxTotals<TKey>
    where TKey : notnull
{
    public Dictionary<TKey, Total> Totals { get; } = [];

    /// <summary>The time of some event of the window.</summary>
    public long TimeMs { get; private set; }

    public void Add(long timeMs, TKey key, int value)
    {
        TimeMs = timeMs;
        CollectionsMarshal.GetValueRefOrAddDefault(Totals, key, out _).Add(value);
    }
}

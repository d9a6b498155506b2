using StreamKit.Serialization;
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

    /// <summary>Writes the records by key group, with the place of each key, by which keys are emitted.</summary>
    public void Save(OperatorSnapshot snapshot, int windows, ulong hashSeed)
    {
        var byGroup = EntriesByGroup.Of<TKey, JoinEntry>(Table.Entries, hashSeed);
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            ReadOnlySpan<int> places = byGroup[group];
            if (places.IsEmpty)
            {
                continue;
            }

            StateWriter writer = snapshot.GroupOf(group);
            writer.Write(Bounds.StartTime.Ticks);
            writer.Write(Bounds.EndTime.Ticks);
            writer.Write(FirstEnd);
            writer.Write(windows);
            writer.Write(places.Length);
            StateSerializer<TKey> keys = writer.Schema<TKey>();
            foreach (int place in places)
            {
                ref KeyTable<TKey, JoinEntry>.Entry entry = ref Table.At(place);
                writer.Write(place);
                writer.Payload(keys, in entry.Key);
                JoinColumn<TLeft>.Of(Left, entry.Value.Left).Write(ref writer);
                JoinColumn<TRight>.Of(Right, entry.Value.Right).Write(ref writer);
            }

            writer.Flush();
        }
    }

    public void Close()
    {
        Table.Clear();
        Left.Clear();
        Right.Clear();
    }
}

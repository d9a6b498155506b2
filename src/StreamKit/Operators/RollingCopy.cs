using System.Runtime.InteropServices;
using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>What rolled from window to window at a barrier.</summary>
/// <param name="entries">How many slices had entered so far.</param>
internal sealed class RollingCopy<TKey, TAcc>(long entries)
{
    private readonly List<KeyTable<TKey, Front>.Entry> _keys = [];
    private readonly List<TAcc> _fronts = [];

    /// <summary>How many slices had entered so far.</summary>
    public long Entries => entries;

    public void Add(TKey key, int slices, ReadOnlySpan<TAcc> front)
    {
        _keys.Add(new() { Key = key, Value = new Front(slices, _fronts.Count, front.Length) });
        _fronts.AddRange(front);
    }

    public void Write<TMonoid>(OperatorSnapshot snapshot, TMonoid monoid, ulong seed)
        where TMonoid : struct, IMonoid<TAcc>
    {
        ReadOnlySpan<KeyTable<TKey, Front>.Entry> all = CollectionsMarshal.AsSpan(_keys);
        var byGroup = EntriesByGroup.Of(all, seed);
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            ReadOnlySpan<int> indexes = byGroup[group];
            if (indexes.IsEmpty)
            {
                continue;
            }

            StateWriter writer = snapshot.GroupOf(group);
            writer.Write((int)SavedSection.Rolling);
            writer.Write(indexes.Length);
            StateSerializer<TKey> keys = writer.Schema<TKey>();
            foreach (int index in indexes)
            {
                ref readonly KeyTable<TKey, Front>.Entry entry = ref all[index];
                writer.Payload(keys, in entry.Key);
                writer.Write(entry.Value.Slices);
                writer.Write(entry.Value.Count);
                foreach (ref readonly TAcc value in
                    CollectionsMarshal.AsSpan(_fronts).Slice(entry.Value.At, entry.Value.Count))
                {
                    monoid.Write(ref writer, in value);
                }
            }

            writer.Flush();
        }
    }

    private readonly record struct Front(int Slices, int At, int Count);
}

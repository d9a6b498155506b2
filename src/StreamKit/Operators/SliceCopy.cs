using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>The content of a slice at a barrier.</summary>
internal sealed class SliceCopy<TKey, TAcc>
{
    public required SavedSlice Head { get; init; }

    public required KeyTable<TKey, TAcc>.Entry[] Entries { get; init; }

    /// <summary>When each key came; null where the place in the table says it.</summary>
    public long[]? Registered { get; init; }

    /// <summary>When each entry changed last; null where changes are not followed.</summary>
    public long[]? Versions { get; init; }

    public void Write<TMonoid>(OperatorSnapshot snapshot, TMonoid monoid, ulong seed)
        where TMonoid : struct, IMonoid<TAcc>
    {
        var byGroup = EntriesByGroup.Of<TKey, TAcc>(Entries, seed);
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            ReadOnlySpan<int> indexes = byGroup[group];
            if (indexes.IsEmpty)
            {
                continue;
            }

            StateWriter writer = snapshot.GroupOf(group);
            writer.Write((int)SavedSection.Slice);
            Head.Write(ref writer);
            writer.Write(indexes.Length);
            StateSerializer<TKey> keys = writer.Schema<TKey>();
            foreach (int index in indexes)
            {
                writer.Write(Registered is null ? index : Registered[index]);
                if (Versions is not null)
                {
                    writer.Write(Versions[index]);
                }

                writer.Payload(keys, in Entries[index].Key);
                monoid.Write(ref writer, in Entries[index].Value);
            }

            writer.Flush();
        }
    }
}

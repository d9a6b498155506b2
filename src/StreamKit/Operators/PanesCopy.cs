using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>What had been emitted of a window at a barrier.</summary>
internal sealed class PanesCopy<TKey, TOut>(Window window, KeyTable<TKey, PaneState<TOut>>.Entry[] entries)
{
    /// <param name="snapshot">Where to.</param>
    /// <param name="keepsResults">Whether the last results are kept.</param>
    /// <param name="seed">The seed of the keys' hashes.</param>
    public void Write(OperatorSnapshot snapshot, bool keepsResults, ulong seed)
    {
        var byGroup = EntriesByGroup.Of<TKey, PaneState<TOut>>(entries, seed);
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            ReadOnlySpan<int> indexes = byGroup[group];
            if (indexes.IsEmpty)
            {
                continue;
            }

            StateWriter writer = snapshot.GroupOf(group);
            writer.Write((int)SavedSection.Panes);
            writer.Value(window);
            writer.Write(indexes.Length);
            StateSerializer<TKey> keys = writer.Schema<TKey>();
            StateSerializer<TOut>? results = keepsResults ? writer.Schema<TOut>() : null;
            foreach (int index in indexes)
            {
                writer.Payload(keys, in entries[index].Key);
                entries[index].Value.Write(ref writer, results);
            }

            writer.Flush();
        }
    }
}

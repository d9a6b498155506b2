using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>The slices of a window that is walked key group by key group, as not all of it fits into memory.</summary>
internal sealed class GroupedWindow<TKey, TAcc>
{
    private readonly EntriesByGroup[] _inMemory;

    /// <param name="slices">The slices, by start; nothing is added to them meanwhile.</param>
    /// <param name="seed">The seed of the keys' hashes.</param>
    public GroupedWindow(IReadOnlyList<Slice<TKey, TAcc>> slices, ulong seed)
    {
        Slices = slices;
        _inMemory = [.. slices.Select(slice => EntriesByGroup.Of<TKey, TAcc>(slice.Table.Entries, seed))];
    }

    public IReadOnlyList<Slice<TKey, TAcc>> Slices { get; }

    /// <summary>The group that comes next.</summary>
    public int Next { get; set; }

    /// <summary>The entries of a group in the table of a slice.</summary>
    public ReadOnlySpan<int> InMemory(int slice, int group) => _inMemory[slice][group];
}

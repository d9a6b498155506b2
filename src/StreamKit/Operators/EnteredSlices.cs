using System.Runtime.InteropServices;

namespace StreamKit.Operators;

/// <summary>The slices of the window that fires, the oldest first.</summary>
internal sealed class EnteredSlices<TKey, TAcc>
{
    private readonly List<Slice<TKey, TAcc>> _slices = [];
    private int _first;

    public int Count => _slices.Count - _first;

    public Slice<TKey, TAcc> Oldest => _slices[_first];

    public ReadOnlySpan<Slice<TKey, TAcc>> All =>
        CollectionsMarshal.AsSpan(_slices)[_first..];

    /// <summary>Adds a slice at its place; whether it is the newest.</summary>
    public bool Add(Slice<TKey, TAcc> slice)
    {
        slice.HasEntered = true;
        slice.EarliestFromHere = slice.Opened;
        int at = _slices.Count;
        while (at > _first && _slices[at - 1].Bounds.StartTime > slice.Bounds.StartTime)
        {
            at--;
        }

        bool isNewest = at == _slices.Count;
        if (!isNewest)
        {
            slice.EarliestFromHere = Math.Min(slice.Opened, _slices[at].EarliestFromHere);
        }

        _slices.Insert(at, slice);
        for (int i = at - 1; i >= _first && _slices[i].EarliestFromHere > slice.EarliestFromHere; i--)
        {
            _slices[i].EarliestFromHere = slice.EarliestFromHere;
        }

        return isNewest;
    }

    public Slice<TKey, TAcc> RemoveOldest()
    {
        Slice<TKey, TAcc> slice = Oldest;
        slice.HasEntered = false;
        _slices[_first++] = null!; // Before the first; gone with the next shift.
        if (_first > 32 && _first > _slices.Count / 2)
        {
            _slices.RemoveRange(0, _first);
            _first = 0;
        }

        return slice;
    }

    /// <summary>When the first record of a key came to one of the slices.</summary>
    public long FirstRegistered(TKey key, uint hash)
    {
        long first = long.MaxValue;
        foreach (Slice<TKey, TAcc> slice in All)
        {
            if (slice.EarliestFromHere > first)
            {
                break; // From here on every record came later.
            }

            int index = slice.Table.Find(key, hash);
            if (index >= 0)
            {
                first = Math.Min(first, slice.RegisteredOf(index));
            }
        }

        return first;
    }
}

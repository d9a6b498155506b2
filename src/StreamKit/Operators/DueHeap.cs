namespace StreamKit.Operators;

/// <summary>Items by when they are due; each has at most one entry, which moves when its time changes.</summary>
/// <remarks>
/// A binary heap in which every entry knows its place, so that nothing stale ever lies in it: its size is the number of
/// timers that are set, however often they move.
/// </remarks>
internal sealed class DueHeap<TItem>
{
    private readonly List<DueEntry<TItem>> _entries = [];

    public int Count => _entries.Count;

    /// <summary>The time of the first item; <see cref="long.MaxValue"/> where there is none.</summary>
    public long FirstTime => _entries.Count == 0 ? long.MaxValue : _entries[0].Key.Time;

    /// <summary>The first item, if it is due by an instant.</summary>
    public bool TryPeek(long until, out TItem item)
    {
        if (_entries.Count > 0 && _entries[0].Key.Time <= until)
        {
            item = _entries[0].Item;
            return true;
        }

        item = default!; // Not read after false.
        return false;
    }

    /// <summary>Puts an entry where its time belongs, whether or not it was there before.</summary>
    public void Set(DueEntry<TItem> entry, DueKey key)
    {
        if (entry.Position < 0)
        {
            entry.Key = key;
            entry.Position = _entries.Count;
            _entries.Add(entry);
            Rise(entry);
        }
        else if (entry.Key != key)
        {
            entry.Key = key;
            Rise(entry);
            Sink(entry);
        }
    }

    /// <summary>Takes an entry out, if it is there.</summary>
    public void Remove(DueEntry<TItem> entry)
    {
        if (entry.Position < 0)
        {
            return;
        }

        DueEntry<TItem> last = _entries[^1];
        _entries.RemoveAt(_entries.Count - 1);
        if (!ReferenceEquals(last, entry))
        {
            Put(last, entry.Position);
            Rise(last);
            Sink(last);
        }

        entry.Position = -1;
    }

    private void Rise(DueEntry<TItem> entry)
    {
        while (entry.Position > 0)
        {
            DueEntry<TItem> parent = _entries[(entry.Position - 1) / 2];
            if (parent.Key.CompareTo(entry.Key) <= 0)
            {
                return;
            }

            Swap(entry, parent);
        }
    }

    private void Sink(DueEntry<TItem> entry)
    {
        while (true)
        {
            int child = (2 * entry.Position) + 1;
            if (child >= _entries.Count)
            {
                return;
            }

            if (child + 1 < _entries.Count && _entries[child + 1].Key.CompareTo(_entries[child].Key) < 0)
            {
                child++;
            }

            if (entry.Key.CompareTo(_entries[child].Key) <= 0)
            {
                return;
            }

            Swap(entry, _entries[child]);
        }
    }

    private void Swap(DueEntry<TItem> one, DueEntry<TItem> other)
    {
        int place = one.Position;
        Put(one, other.Position);
        Put(other, place);
    }

    private void Put(DueEntry<TItem> entry, int place)
    {
        _entries[place] = entry;
        entry.Position = place;
    }
}

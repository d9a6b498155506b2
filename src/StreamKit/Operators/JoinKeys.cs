using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>Walks the keys of one window, each with its records from all slices.</summary>
/// <remarks>
/// A window of one slice is walked where it lies. Of several slices the keys are brought together first, once per
/// firing: one step for each key of each slice.
/// </remarks>
internal sealed class JoinKeys<TKey, TLeft, TRight>
{
    private readonly KeyTable<TKey, int> _keys = new();
    private Place[] _places = [];
    private int _count;
    private JoinWindow<TKey, TLeft, TRight>? _window;
    private int _at;

    public void Start(JoinWindow<TKey, TLeft, TRight> window)
    {
        (_window, _at, _count) = (window, 0, 0);
        if (window.Slices.Count > 1)
        {
            for (int i = 0; i < window.Slices.Count; i++)
            {
                AddKeysOf(window, i);
            }
        }
    }

    /// <summary>The slice whose keys are walked, where it is the only one of the window.</summary>
    public JoinSlice<TKey, TLeft, TRight>? OnlySlice => _window is { Slices.Count: 1 } window ? window.Slices[0] : null;

    /// <summary>Which of the keys of the only slice is next.</summary>
    public ref int Next => ref _at;

    /// <summary>The next key and its records; false when all keys have been walked.</summary>
    public bool TryNext(out TKey key, JoinRecords<TKey, TLeft, TRight> records)
    {
        JoinWindow<TKey, TLeft, TRight> window = _window!; // Set by Start.
        records.Clear();
        if (window.Slices.Count == 1)
        {
            JoinSlice<TKey, TLeft, TRight> slice = window.Slices[0];
            if (_at < slice.Table.Count)
            {
                ref KeyTable<TKey, JoinEntry>.Entry entry = ref slice.Table.At(_at++);
                key = entry.Key;
                records.Add(slice, in entry.Value);
                return true;
            }
        }
        else if (_at < _keys.Count)
        {
            ref KeyTable<TKey, int>.Entry entry = ref _keys.At(_at++);
            key = entry.Key;
            int last = entry.Value - 1;
            for (int at = _places[last].Next; ; at = _places[at].Next)
            {
                Place place = _places[at];
                JoinSlice<TKey, TLeft, TRight> slice = window.Slices[place.Slice];
                records.Add(slice, in slice.Table.At(place.Entry).Value);
                if (at == last)
                {
                    return true;
                }
            }
        }

        key = default!; // Not looked at.
        return false;
    }

    public void Stop()
    {
        _window = null;
        _keys.Clear();
    }

    // The places of one key are a ring: the last one, which is known by its key, names the first.
    private void AddKeysOf(JoinWindow<TKey, TLeft, TRight> window, int sliceIndex)
    {
        KeyTable<TKey, JoinEntry> table = window.Slices[sliceIndex].Table;
        if (_places.Length < _count + table.Count)
        {
            Array.Resize(ref _places, Math.Max(_count + table.Count, _places.Length * 2));
        }

        for (int i = 0; i < table.Count; i++)
        {
            ref KeyTable<TKey, JoinEntry>.Entry entry = ref table.At(i);
            ref int last = ref _keys.At(_keys.FindOrAdd(entry.Key, entry.Hash, out bool added)).Value;
            int number = _count++;
            int first = number;
            if (!added)
            {
                first = _places[last - 1].Next;
                _places[last - 1].Next = number;
            }

            _places[number] = new Place { Slice = sliceIndex, Entry = i, Next = first };
            last = number + 1;
        }
    }

    private struct Place
    {
        public int Slice;
        public int Entry;
        public int Next;
    }
}

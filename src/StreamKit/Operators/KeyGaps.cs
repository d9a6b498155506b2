using System.Diagnostics;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>What is remembered of one key: its latest windows, by end.</summary>
internal sealed class KeyGaps<TKey, TValue>(TKey key, ulong hash)
{
    // Fewer are not worth the moving.
    private const int FewestToDrop = 8;

    private static readonly WindowResultSerializer<TKey, TValue> Results = new();

    private readonly List<Entry> _windows = [];

    public TKey Key { get; } = key;

    public ulong Hash { get; } = hash;

    /// <summary>When the key is looked at again: at the end of its next window, or when it can be forgotten.</summary>
    public long DueAt { get; set; } = long.MinValue;

    /// <summary>How many looks were arranged before that one; an entry of another number is void.</summary>
    public long Turn { get; set; } = -1;

    /// <summary>Whether the key has no window to be filled before it has a result again.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>The end of the last window that is remembered.</summary>
    public long LastEnd => _windows[^1].End;

    public static KeyGaps<TKey, TValue> Read(ref StateReader reader, SavedKeys<TKey> keys, int group)
    {
        TKey key = keys.Read(ref reader, reader.Schema<TKey>(), group, out ulong hash);
        var gaps = new KeyGaps<TKey, TValue>(key, hash)
        {
            DueAt = reader.ReadInt64(),
            Turn = reader.ReadInt64(),
            IsQuiet = reader.ReadBoolean(),
        };
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            gaps._windows.Add(Entry.Read(ref reader));
            if (i > 0 && gaps._windows[i].End <= gaps._windows[i - 1].End)
            {
                throw StateException.Damaged("the windows of a key do not ascend");
            }
        }

        return count > 0 ? gaps : throw StateException.Damaged("a key is remembered for no window");
    }

    public void Write(ref StateWriter writer)
    {
        writer.Value(Key);
        writer.Write(DueAt);
        writer.Write(Turn);
        writer.Write(IsQuiet);
        writer.Write(_windows.Count);
        foreach (Entry entry in _windows)
        {
            entry.Write(ref writer);
        }
    }

    /// <summary>The window with this end; null where the key has nothing there.</summary>
    public Entry? At(long end)
    {
        int index = LastNotAfter(end);
        return index >= 0 && _windows[index].End == end ? _windows[index] : null;
    }

    /// <summary>The last window up to this end that has a result of its own; null where there is none.</summary>
    public Entry? LastOwn(long end)
    {
        int index = LastNotAfter(end);
        while (index >= 0 && !_windows[index].IsOwn)
        {
            index--;
        }

        return index < 0 ? null : _windows[index];
    }

    /// <summary>The first window after this end that has a result of its own; null where there is none.</summary>
    public Entry? NextOwn(long end)
    {
        int index = LastNotAfter(end) + 1;
        while (index < _windows.Count && !_windows[index].IsOwn)
        {
            index++;
        }

        return index == _windows.Count ? null : _windows[index];
    }

    public Entry Add(long end)
    {
        Debug.Assert(At(end) is null, "a window is remembered once");
        var entry = new Entry(end);
        _windows.Insert(LastNotAfter(end) + 1, entry);
        return entry;
    }

    /// <summary>
    /// Forgets windows up to this end, except the last that has a result of its own: gaps after it are filled by it.
    /// </summary>
    public void Forget(long end)
    {
        int last = LastNotAfter(end);
        int own = last;
        while (own >= 0 && !_windows[own].IsOwn)
        {
            own--;
        }

        // Moving what stays costs no more than was dropped.
        if (own >= 0 && last > 0 && (last >= FewestToDrop || last == _windows.Count - 1)
            && last >= _windows.Count / 2)
        {
            Entry kept = _windows[own];
            _windows.RemoveRange(0, last);
            _windows[0] = kept;
        }
    }

    private int LastNotAfter(long end)
    {
        int low = 0, high = _windows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_windows[middle].End <= end)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    /// <summary>What stands for one window.</summary>
    internal sealed class Entry(long end)
    {
        public long End { get; } = end;

        /// <summary>Whether the result is the window's own; else it is what fills the gap.</summary>
        public bool IsOwn { get; set; }

        public WindowResult<TKey, TValue> Result { get; set; }

        /// <summary>How many results were put into the gap.</summary>
        public int Fills { get; set; }

        public static Entry Read(ref StateReader reader) => new(reader.ReadInt64())
        {
            IsOwn = reader.ReadBoolean(),
            Fills = reader.ReadInt32(),
            Result = Results.Read(ref reader),
        };

        public void Write(ref StateWriter writer)
        {
            writer.Write(End);
            writer.Write(IsOwn);
            writer.Write(Fills);
            Results.Write(ref writer, Result);
        }
    }
}

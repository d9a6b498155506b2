using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>The open sessions of one lane: side by side in an array, found by key, in a list for each key.</summary>
/// <remarks>
/// A session keeps its place while it lives, and places are used again, so a stream in steady state allocates nothing.
/// What was emitted lies in an array of its own, which exists only where a session can have several results.
/// </remarks>
internal sealed class SessionStore<TKey, TAcc, TOut>(bool remembersPanes)
{
    public const int None = -1;

    private readonly KeyTable<TKey, int> _heads = new();
    private Session<TKey, TAcc>[] _sessions = new Session<TKey, TAcc>[16];
    private PaneState<TOut>[] _panes = remembersPanes ? new PaneState<TOut>[16] : [];
    private PaneState<TOut> _noPanes;
    private int _firstFree = None;
    private int _used;
    private long _made;

    public int KeyCount => _heads.Count;

    public int Count { get; private set; }

    /// <summary>All sessions, key by key.</summary>
    public IEnumerable<int> All
    {
        get
        {
            for (int i = 0; i < _heads.Count; i++)
            {
                for (int id = _heads.At(i).Value; id != None; id = _sessions[id].Next)
                {
                    yield return id;
                }
            }
        }
    }

    /// <summary>A session; the reference holds until the next one is opened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Session<TKey, TAcc> At(int id) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_sessions), id);

    /// <summary>What was emitted for a session; where that need not be remembered, nothing.</summary>
    public ref PaneState<TOut> PanesOf(int id)
    {
        if (remembersPanes)
        {
            return ref _panes[id];
        }

        _noPanes = default;
        return ref _noPanes;
    }

    /// <summary>The earliest session of a key, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int First(TKey key, ulong hash)
    {
        ref KeyTable<TKey, int>.Entry entry = ref _heads.FindAtHome(key, hash);
        return Unsafe.IsNullRef(ref entry) ? FirstAway(key, (uint)hash) : entry.Value;
    }

    /// <summary>The earliest session of a key that overlaps a stretch of time, or -1.</summary>
    public int FirstOverlapping(TKey key, ulong hash, long start, long end)
    {
        int index = _heads.Find(key, (uint)hash);
        int id = index < 0 ? None : _heads.At(index).Value;
        while (id != None && !At(id).Overlaps(start, end))
        {
            id = At(id).Next;
        }

        return id;
    }

    /// <summary>Opens a session that overlaps none of its key, and puts it in order of start among them.</summary>
    public int Open(TKey key, ulong hash, long start, long end, in TAcc accumulator)
    {
        int id = TakePlace();
        ref Session<TKey, TAcc> session = ref At(id);
        int generation = session.Generation;
        session = new Session<TKey, TAcc>
        {
            Key = key,
            Hash = (uint)hash,
            Start = start,
            End = end,
            Accumulator = accumulator,
            Order = _made++,
            Next = None,
            Generation = generation,
        };
        int index = _heads.FindOrAdd(key, hash, out bool added);
        ref int place = ref _heads.At(index).Value;
        if (added)
        {
            place = None;
        }

        while (place != None && At(place).Start < start)
        {
            place = ref At(place).Next;
        }

        session.Next = place;
        place = id;
        Count++;
        return id;
    }

    /// <summary>Removes the session that follows another one of its key.</summary>
    public void RemoveNext(int id)
    {
        int next = At(id).Next;
        At(id).Next = At(next).Next;
        Free(next);
    }

    public void Remove(int id)
    {
        ref Session<TKey, TAcc> session = ref At(id);
        int index = _heads.Find(session.Key, session.Hash);
        ref int place = ref _heads.At(index).Value;
        if (place == id && session.Next == None)
        {
            _heads.RemoveAt(index);
        }
        else
        {
            while (place != id)
            {
                place = ref At(place).Next;
            }

            place = session.Next;
        }

        Free(id);
    }

    // Most keys lie in the first place looked at; these do not, or are not there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FirstAway(TKey key, uint hash)
    {
        int index = _heads.Find(key, hash);
        return index < 0 ? None : _heads.At(index).Value;
    }

    private int TakePlace()
    {
        if (_firstFree != None)
        {
            int id = _firstFree;
            _firstFree = At(id).Next;
            return id;
        }

        if (_used == _sessions.Length)
        {
            Array.Resize(ref _sessions, checked(_used * 2));
            if (remembersPanes)
            {
                Array.Resize(ref _panes, _sessions.Length);
            }
        }

        return _used++;
    }

    private void Free(int id)
    {
        ref Session<TKey, TAcc> session = ref At(id);
        int generation = session.Generation + 1;
        session = default;
        (session.Generation, session.Next) = (generation, _firstFree);
        _firstFree = id;
        if (remembersPanes)
        {
            _panes[id] = default;
        }

        Count--;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>The open sessions of one lane: side by side in an array, found by key, in a list for each key.</summary>
/// <remarks>
/// <para>
/// A session keeps its place while it lives, and places are used again, so a stream in steady state allocates nothing.
/// Slots of eight bytes (hash, place) lead from a key to its earliest session, which names the key: there is no table
/// of keys in between, so the common record waits for memory twice, not three times. Probing is linear, and removal
/// shifts back (<see cref="KeyTable{TKey,TValue}"/> does the same, but moves its entries).
/// </para>
/// <para>
/// Beside the sessions lie, by place, when they have their turn and what was emitted for them; the latter only where a
/// session can have several results.
/// </para>
/// </remarks>
internal sealed partial class SessionStore<TKey, TAcc, TOut>(bool remembersPanes)
{
    /// <summary>The place of no session.</summary>
    public const int None = 0;

    private const int InitialPlaces = 16;

    // At most every second slot is taken, so most keys lie where they are looked for first.
    private Slot[] _slots = new Slot[2 * InitialPlaces];
    private Session<TKey, TAcc>[] _sessions = new Session<TKey, TAcc>[InitialPlaces];
    private SessionTurn[] _turns = new SessionTurn[InitialPlaces];
    private PaneState<TOut>[] _panes = remembersPanes ? new PaneState<TOut>[InitialPlaces] : [];
    private PaneState<TOut> _noPanes;
    private int _firstFree = None;
    private int _used = 1;
    private long _made;

    public int KeyCount { get; private set; }

    public int Count { get; private set; }

    /// <summary>Roughly how many bytes of memory are taken, without what values refer to.</summary>
    public long Bytes => ((long)_slots.Length * Unsafe.SizeOf<Slot>())
        + (_sessions.Length * (long)Unsafe.SizeOf<Session<TKey, TAcc>>())
        + (_turns.Length * (long)Unsafe.SizeOf<SessionTurn>())
        + (_panes.Length * (long)Unsafe.SizeOf<PaneState<TOut>>());

    /// <summary>How many sessions have been removed: while that is the same, each one found is still there.</summary>
    public int Removed { get; private set; }

    /// <summary>All sessions.</summary>
    public IEnumerable<int> All
    {
        get
        {
            for (int id = 1; id < _used; id++)
            {
                if (_sessions[id].IsOpen)
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

    /// <summary>Fetches a session and its turn, which will be looked at soon.</summary>
    public void Prefetch(int id)
    {
        State.Prefetch.Read(ref At(id));
        State.Prefetch.Read(ref TurnOf(id));
    }

    /// <summary>When a session has its turn; the reference holds until the next one is opened.</summary>
    public ref SessionTurn TurnOf(int id) => ref _turns[id];

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

    /// <summary>The earliest session of a key that overlaps a stretch of time, or none.</summary>
    public int FirstOverlapping(TKey key, ulong hash, long start, long end)
    {
        int id = _slots[SlotOf(key, (uint)hash)].Id;
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
        ref Slot slot = ref _slots[SlotOf(key, (uint)hash)];
        int before = None, next = slot.Id;
        while (next != None && At(next).Start < start)
        {
            (before, next) = (next, At(next).Next);
        }

        ref Session<TKey, TAcc> session = ref At(id);
        session.Key = key;
        session.Start = start;
        session.End = end;
        session.Accumulator = accumulator;
        session.Next = next;
        _turns[id].Order = _made++;
        _turns[id].Hash = (uint)hash;
        if (before != None)
        {
            At(before).Next = id;
        }
        else
        {
            KeyCount += slot.Id == None ? 1 : 0;
            slot = new Slot { Hash = (uint)hash, Id = id };
        }

        Count++;
        return id;
    }

    /// <summary>Copies all sessions, to be saved.</summary>
    public SavedSession<TKey, TAcc, TOut>[] Copy()
    {
        var copies = new SavedSession<TKey, TAcc, TOut>[Count];
        int at = 0;
        foreach (int id in All)
        {
            copies[at++] = new() { Session = At(id), Turn = TurnOf(id), Panes = PanesOf(id) };
        }

        return copies;
    }

    /// <summary>Opens a session that was saved; it was made after all that are open.</summary>
    public int TakeUp(in SavedSession<TKey, TAcc, TOut> saved)
    {
        ref readonly Session<TKey, TAcc> session = ref saved.Session;
        if (FirstOverlapping(session.Key, saved.Hash, session.Start, session.End) != None)
        {
            throw StateException.Damaged("two sessions of a key overlap");
        }

        int id = Open(session.Key, saved.Hash, session.Start, session.End, in session.Accumulator);
        (At(id).IsComplete, At(id).IsDirty) = (session.IsComplete, session.IsDirty);
        PanesOf(id) = saved.Panes;
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
        int at = SlotOf(session.Key, _turns[id].Hash);
        int before = _slots[at].Id;
        if (before != id)
        {
            while (At(before).Next != id)
            {
                before = At(before).Next;
            }

            RemoveNext(before);
            return;
        }

        _slots[at].Id = session.Next;
        if (session.Next == None)
        {
            RemoveSlot(at);
            KeyCount--;
        }

        Free(id);
    }

    /// <summary>The slot of a key, or the one that it would take.</summary>
    private int SlotOf(TKey key, uint hash)
    {
        int mask = _slots.Length - 1;
        int at = HomeOf(hash);
        while (_slots[at] is var slot && slot.Id != None
            && (slot.Hash != hash || !KeyTable<TKey, int>.SameKey(At(slot.Id).Key, key)))
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    // Where probing begins: at a group of slots, which are compared together.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int HomeOf(uint hash) => (int)hash & (_slots.Length - Together);

    // Backward-shift deletion (D. Knuth, TAOCP 3, 6.4, algorithm R): no tombstones, so probing never gets slower.
    private void RemoveSlot(int gap)
    {
        int mask = _slots.Length - 1;
        int at = gap;
        while (true)
        {
            at = (at + 1) & mask;
            if (_slots[at].Id == None)
            {
                break;
            }

            int home = HomeOf(_slots[at].Hash);
            bool staysBehindGap = ((at - home) & mask) < ((at - gap) & mask);
            if (!staysBehindGap)
            {
                _slots[gap] = _slots[at];
                gap = at;
            }
        }

        _slots[gap] = default;
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
            Grow();
        }

        return _used++;
    }

    private void Grow()
    {
        int length = checked(_used * 2);
        Array.Resize(ref _sessions, length);
        Array.Resize(ref _turns, length);
        if (remembersPanes)
        {
            Array.Resize(ref _panes, length);
        }

        Slot[] old = _slots;
        _slots = new Slot[checked(length * 2)];
        foreach (Slot slot in old)
        {
            if (slot.Id != None)
            {
                _slots[SlotOf(At(slot.Id).Key, slot.Hash)] = slot;
            }
        }
    }

    private void Free(int id)
    {
        At(id) = default;
        At(id).Next = _firstFree;
        _turns[id] = default;
        _firstFree = id;
        if (remembersPanes)
        {
            _panes[id] = default;
        }

        Count--;
        Removed++;
    }

    private struct Slot
    {
        public uint Hash;
        public int Id;
    }
}

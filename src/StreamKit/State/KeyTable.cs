using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.State;

/// <summary>A hash table from keys to values that lie side by side in the order in which the keys came.</summary>
/// <remarks>
/// Open addressing with linear probing over small slots (hash, epoch, index) that point into dense entries. Clearing is one
/// increment of the epoch, walking is a walk over an array, and a value is updated in place through its reference. The
/// caller gives the 64-bit hash; its lower half is used here.
/// </remarks>
internal sealed class KeyTable<TKey, TValue>
{
    private const int InitialSlots = 16;

    private Slot[] _slots = new Slot[InitialSlots];
    private Entry[] _entries = new Entry[InitialSlots / 2];
    private int _mask = InitialSlots - 1;
    private int _epoch = 1;

    public int Count { get; private set; }

    /// <summary>The entries in the order in which their keys came (removal moves the last one into the gap).</summary>
    public Span<Entry> Entries
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _entries.AsSpan(0, Count);
    }

    /// <summary>Roughly how many bytes the table takes, without what its values refer to.</summary>
    public long Bytes => ((long)_slots.Length * Unsafe.SizeOf<Slot>()) + ((long)_entries.Length * Unsafe.SizeOf<Entry>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Entry At(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), index);

    /// <summary>The entry of a key where it lies in the first place looked at, which is the common case; else a null reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Entry FindAtHome(TKey key, ulong hash)
    {
        ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (int)(uint)hash & _mask);
        if (slot.Hash == (uint)hash && slot.Epoch == _epoch)
        {
            ref Entry entry = ref At(slot.Index);
            if (SameKey(entry.Key, key))
            {
                return ref entry;
            }
        }

        return ref Unsafe.NullRef<Entry>();
    }

    /// <summary>The index of a key's entry, which is made (with a default value) where there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int FindOrAdd(TKey key, ulong hash, out bool added)
    {
        uint shortHash = (uint)hash;
        int at = (int)shortHash & _mask;
        while (true)
        {
            ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), at);
            if (slot.Epoch != _epoch)
            {
                added = true;
                return Insert(ref slot, key, shortHash);
            }

            if (slot.Hash == shortHash && SameKey(At(slot.Index).Key, key))
            {
                added = false;
                return slot.Index;
            }

            at = (at + 1) & _mask;
        }
    }

    /// <summary>The index of a key's entry, or -1.</summary>
    public int Find(TKey key, uint shortHash)
    {
        int at = (int)shortHash & _mask;
        while (true)
        {
            ref Slot slot = ref _slots[at];
            if (slot.Epoch != _epoch)
            {
                return -1;
            }

            if (slot.Hash == shortHash && SameKey(_entries[slot.Index].Key, key))
            {
                return slot.Index;
            }

            at = (at + 1) & _mask;
        }
    }

    /// <summary>Removes the entry at an index; the last entry takes its place.</summary>
    public void RemoveAt(int index)
    {
        RemoveSlot(SlotOf(index));
        int last = Count - 1;
        if (index != last)
        {
            _slots[SlotOf(last)].Index = index;
            _entries[index] = _entries[last];
        }

        _entries[last] = default;
        Count = last;
    }

    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<Entry>())
        {
            Array.Clear(_entries, 0, Count);
        }

        Count = 0;
        if (++_epoch == int.MaxValue)
        {
            Array.Clear(_slots);
            _epoch = 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SameKey(TKey one, TKey other)
    {
        // The JIT keeps one branch: keys that are values compare without a call, strings without going through a comparer.
        if (typeof(TKey).IsValueType)
        {
            return EqualityComparer<TKey>.Default.Equals(one, other);
        }

        return ReferenceEquals(one, other) || SameReferenceKey(one, other);
    }

    private static bool SameReferenceKey(TKey one, TKey other) =>
        one is string text ? text.Equals(other as string, StringComparison.Ordinal) : EqualityComparer<TKey>.Default.Equals(one, other);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Insert(ref Slot slot, TKey key, uint shortHash)
    {
        int index = Count;
        slot = new Slot { Hash = shortHash, Epoch = _epoch, Index = index };
        _entries[index] = new Entry { Key = key, Hash = shortHash };
        Count = index + 1;
        if (Count == _entries.Length)
        {
            Grow();
        }

        return index;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, checked(_entries.Length * 2));
        _slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)_entries.Length * 2)];
        _mask = _slots.Length - 1;
        _epoch = 1;
        for (int index = 0; index < Count; index++)
        {
            uint hash = _entries[index].Hash;
            int at = (int)hash & _mask;
            while (_slots[at].Epoch == _epoch)
            {
                at = (at + 1) & _mask;
            }

            _slots[at] = new Slot { Hash = hash, Epoch = _epoch, Index = index };
        }
    }

    private int SlotOf(int index)
    {
        int at = (int)_entries[index].Hash & _mask;
        while (_slots[at].Index != index || _slots[at].Epoch != _epoch)
        {
            Debug.Assert(_slots[at].Epoch == _epoch, "every entry has a slot in the run that starts at its hash");
            at = (at + 1) & _mask;
        }

        return at;
    }

    // Backward-shift deletion (D. Knuth, TAOCP 3, 6.4, algorithm R): no tombstones, so probing never gets slower.
    private void RemoveSlot(int gap)
    {
        int at = gap;
        while (true)
        {
            at = (at + 1) & _mask;
            if (_slots[at].Epoch != _epoch)
            {
                break;
            }

            int home = (int)_slots[at].Hash & _mask;
            bool staysBehindGap = ((at - home) & _mask) < ((at - gap) & _mask);
            if (!staysBehindGap)
            {
                _slots[gap] = _slots[at];
                gap = at;
            }
        }

        _slots[gap].Epoch = 0;
    }

    internal struct Entry
    {
        public TKey Key;
        public uint Hash;
        public TValue Value;
    }

    private struct Slot
    {
        public uint Hash;
        public int Epoch;
        public int Index;
    }
}

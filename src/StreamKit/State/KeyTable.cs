using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.State;

/// <summary>A hash table from keys to values that lie side by side in the order in which the keys came.</summary>
/// <remarks>
/// Open addressing with linear probing over slots of eight bytes (hash, stamp) that point into dense entries. A stamp
/// is the entry's index above a base that rises with each clearing, so clearing is one addition: stamps from before lie
/// below the base. Walking is a walk over an array, and a value is updated in place through its reference. The caller
/// gives the 64-bit hash; its lower half is used here.
/// </remarks>
internal sealed partial class KeyTable<TKey, TValue>
{
    private const int InitialEntries = 8;

    // Up to so many entries the slots stay within the processor's nearest caches even where most of them are empty.
    private const int SmallEntries = 4096;

    private Slot[] _slots = new Slot[SlotsFor(InitialEntries)];
    private Entry[] _entries = new Entry[InitialEntries];
    private int _mask = SlotsFor(InitialEntries) - 1;
    private uint _base = 1;
    private int _count;

    public int Count => _count;

    /// <summary>The entries in the order in which their keys came (removal moves the last one into the gap).</summary>
    public Span<Entry> Entries
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _entries.AsSpan(0, Count);
    }

    /// <summary>Roughly how many bytes the table takes, without what its values refer to.</summary>
    public long Bytes =>
        ((long)_slots.Length * Unsafe.SizeOf<Slot>()) + ((long)_entries.Length * Unsafe.SizeOf<Entry>());

    /// <summary>Whether the table is larger than the nearest caches.</summary>
    public bool IsLarge => _count > SmallEntries;

    /// <summary>Whether the table has grown beyond what it began with.</summary>
    public bool HasGrown => _entries.Length > InitialEntries;

    /// <summary>How many bytes the table would take once it has so many keys more.</summary>
    /// <remarks>A small table says what it takes now: what it may grow by does not matter.</remarks>
    public long BytesAfter(int more)
    {
        if (_entries.Length <= SmallEntries || _count + (long)more < _entries.Length)
        {
            return Bytes;
        }

        long entries = _entries.Length;
        while (_count + (long)more >= entries)
        {
            entries *= 2;
        }

        return entries * ((2 * Unsafe.SizeOf<Slot>()) + Unsafe.SizeOf<Entry>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Entry At(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), index);

    /// <summary>The index of a key's entry, which is made (with a default value) where there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int FindOrAdd(TKey key, ulong hash, out bool added)
    {
        uint shortHash = (uint)hash;
        int at = (int)shortHash & _mask;
        while (true)
        {
            ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), at);
            uint index = slot.Stamp - _base;
            if (index >= (uint)_count)
            {
                added = true;
                return Insert(ref slot, key, shortHash);
            }

            if (slot.Hash == shortHash && SameKey(At((int)index).Key, key))
            {
                added = false;
                return (int)index;
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
            uint index = slot.Stamp - _base;
            if (index >= (uint)_count)
            {
                return -1;
            }

            if (slot.Hash == shortHash && SameKey(_entries[index].Key, key))
            {
                return (int)index;
            }

            at = (at + 1) & _mask;
        }
    }

    /// <summary>Removes the entry at an index; the last entry takes its place.</summary>
    public void RemoveAt(int index)
    {
        RemoveSlot(SlotOf(index));
        int last = _count - 1;
        if (index != last)
        {
            _slots[SlotOf(last)].Stamp = _base + (uint)index;
            _entries[index] = _entries[last];
        }

        _entries[last] = default;
        _count = last;
    }

    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<Entry>())
        {
            Array.Clear(_entries, 0, _count);
        }

        _base += (uint)_count;
        _count = 0;
        if (_base > uint.MaxValue / 2)
        {
            Array.Clear(_slots);
            _base = 1;
        }
    }

    /// <summary>Clears the table and gives back what it grew by.</summary>
    public void Reset()
    {
        _slots = new Slot[SlotsFor(InitialEntries)];
        _entries = new Entry[InitialEntries];
        (_mask, _base, _count) = (_slots.Length - 1, 1, 0);
    }

    /// <summary>Whether two keys are the same; the fastest way to ask it of their type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameKey(TKey one, TKey other)
    {
        // The JIT keeps one branch: keys that are values compare without a call, strings without a comparer.
        if (typeof(TKey).IsValueType)
        {
            return EqualityComparer<TKey>.Default.Equals(one, other);
        }

        return ReferenceEquals(one, other) || SameReferenceKey(one, other);
    }

    private static bool SameReferenceKey(TKey one, TKey other) =>
        one is string text
            ? text.Equals(other as string, StringComparison.Ordinal)
            : EqualityComparer<TKey>.Default.Equals(one, other);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Insert(ref Slot slot, TKey key, uint shortHash)
    {
        int index = _count;
        slot = new Slot { Hash = shortHash, Stamp = _base + (uint)index };
        _entries[index] = new Entry { Key = key, Hash = shortHash };
        _count = index + 1;
        if (_count == _entries.Length)
        {
            Grow();
        }

        return index;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, checked(_entries.Length * 2));
        _slots = new Slot[SlotsFor(_entries.Length)];
        _mask = _slots.Length - 1;
        _base = 1;
        for (int index = 0; index < _count; index++)
        {
            uint hash = _entries[index].Hash;
            int at = (int)hash & _mask;
            while (_slots[at].Stamp != 0)
            {
                at = (at + 1) & _mask;
            }

            _slots[at] = new Slot { Hash = hash, Stamp = _base + (uint)index };
        }
    }

    // The emptier the slots, the more keys lie where they are looked for first. Millions of keys cannot afford it.
    private static int SlotsFor(int entries) => checked(entries * (entries <= SmallEntries ? 4 : 2));

    private int SlotOf(int index)
    {
        int at = (int)_entries[index].Hash & _mask;
        while (_slots[at].Stamp != _base + (uint)index)
        {
            Debug.Assert(IsUsed(at), "every entry has a slot in the run that starts at its hash");
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
            if (!IsUsed(at))
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

        _slots[gap].Stamp = 0;
    }

    private bool IsUsed(int at) => _slots[at].Stamp - _base < (uint)_count;

    internal struct Entry
    {
        public TKey Key;
        public uint Hash;
        public TValue Value;
    }

    private struct Slot
    {
        public uint Hash;
        public uint Stamp;
    }
}

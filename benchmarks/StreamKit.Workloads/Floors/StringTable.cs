using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.Workloads.Floors;

/// <summary>Count and sum per string key: slots of hash, epoch and index over a dense array of totals.</summary>
/// <remarks>
/// The hash is computed by the caller, who can then fetch the slots of many keys ahead of using them.
/// </remarks>
internal sealed class StringTable
{
    public Slot[] Slots;
    public Total[] Totals;
    public int Count;
    public int Mask;

    private int _epoch = 1;

    public StringTable(int bits)
    {
        Slots = new Slot[1 << bits];
        Totals = new Total[1 << (bits - 1)];
        Mask = (1 << bits) - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(string key, uint hash, int value)
    {
        int mask = Mask;
        int epoch = _epoch;
        int index = (int)hash & mask;
        while (true)
        {
            ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Slots), index);
            if (slot.Epoch != epoch)
            {
                Insert(ref slot, key, hash, value);
                return;
            }

            if (slot.Hash == hash)
            {
                ref Total total = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Totals), slot.Index);
                if (AreEqual(total.Key, key))
                {
                    total.Count++;
                    total.Sum += value;
                    return;
                }
            }

            index = (index + 1) & mask;
        }
    }

    public void Clear()
    {
        _epoch++;
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Insert(ref Slot slot, string key, uint hash, int value)
    {
        slot.Hash = hash;
        slot.Epoch = _epoch;
        slot.Index = Count;
        ref Total total = ref Totals[Count++];
        total.Key = key;
        total.Count = 1;
        total.Sum = value;
        if (Count == Totals.Length)
        {
            Grow();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual(string a, string b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        return a.Length == b.Length && a.AsSpan().SequenceEqual(b);
    }

    private void Grow()
    {
        Slot[] oldSlots = Slots;
        Array.Resize(ref Totals, Totals.Length * 2);
        Slots = new Slot[oldSlots.Length * 2];
        Mask = Slots.Length - 1;
        foreach (Slot old in oldSlots)
        {
            if (old.Epoch == _epoch)
            {
                int index = (int)old.Hash & Mask;
                while (Slots[index].Epoch == _epoch)
                {
                    index = (index + 1) & Mask;
                }

                Slots[index] = old;
            }
        }
    }

    // 16 bytes instead of 12: no slot lies across two cache lines.
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    internal struct Slot
    {
        public uint Hash;
        public int Epoch;
        public int Index;
    }

    internal struct Total
    {
        public string Key;
        public long Count;
        public long Sum;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.Workloads.Floors;

/// <summary>Count and sum per int key: open addressing, Fibonacci hashing, linear probing.</summary>
/// <remarks>Each entry is stamped with the epoch that wrote it, so clearing is one increment.</remarks>
internal sealed class IntTable
{
    public Entry[] Slots;
    public int[] Used;
    public int Count;

    private int _shift;
    private int _mask;
    private int _epoch = 1;

    public IntTable(int bits)
    {
        Slots = new Entry[1 << bits];
        Used = new int[1 << bits];
        _shift = 32 - bits;
        _mask = (1 << bits) - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int key, int value)
    {
        int index = (int)((uint)key * 2654435769u >> _shift);
        ref Entry entry = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Slots), index);
        if (entry.Key == key && entry.Epoch == _epoch)
        {
            entry.Count++;
            entry.Sum += value;
            return;
        }

        AddSlow(key, value, index);
    }

    public void Clear()
    {
        _epoch++;
        Count = 0;
    }

    private void AddSlow(int key, int value, int index)
    {
        while (true)
        {
            ref Entry entry = ref Slots[index];
            if (entry.Epoch != _epoch)
            {
                entry = new Entry { Key = key, Epoch = _epoch, Count = 1, Sum = value };
                Used[Count++] = index;
                if (Count * 2 > Slots.Length)
                {
                    Grow();
                }

                return;
            }

            if (entry.Key == key)
            {
                entry.Count++;
                entry.Sum += value;
                return;
            }

            index = (index + 1) & _mask;
        }
    }

    private void Grow()
    {
        Entry[] oldSlots = Slots;
        int[] oldUsed = Used;
        int oldCount = Count;
        int bits = 32 - _shift + 1;
        Slots = new Entry[1 << bits];
        Used = new int[1 << bits];
        _shift = 32 - bits;
        _mask = (1 << bits) - 1;
        Count = 0;
        for (int i = 0; i < oldCount; i++)
        {
            ref Entry old = ref oldSlots[oldUsed[i]];
            int index = (int)((uint)old.Key * 2654435769u >> _shift);
            while (Slots[index].Epoch == _epoch)
            {
                index = (index + 1) & _mask;
            }

            Slots[index] = old;
            Used[Count++] = index;
        }
    }

    internal struct Entry
    {
        public int Key;
        public int Epoch;
        public long Count;
        public long Sum;
    }
}

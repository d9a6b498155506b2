using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.Workloads.Floors;

/// <summary>Gives each int key a dense number, in the order of first sight; never cleared.</summary>
internal sealed class IdMap
{
    public int[] Keys;
    public int Count;

    private Entry[] _slots;
    private int _shift;
    private int _mask;

    public IdMap(int bits)
    {
        _slots = new Entry[1 << bits];
        Keys = new int[1 << bits];
        _shift = 32 - bits;
        _mask = (1 << bits) - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Get(int key)
    {
        int index = (int)((uint)key * 2654435769u >> _shift);
        ref Entry entry = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), index);
        if (entry.Key == key && entry.IdPlusOne != 0)
        {
            return entry.IdPlusOne - 1;
        }

        return GetSlow(key, index);
    }

    private int GetSlow(int key, int index)
    {
        while (true)
        {
            ref Entry entry = ref _slots[index];
            if (entry.IdPlusOne == 0)
            {
                entry.Key = key;
                entry.IdPlusOne = Count + 1;
                Keys[Count] = key;
                int id = Count++;
                if (Count * 2 > _slots.Length)
                {
                    Grow();
                }

                return id;
            }

            if (entry.Key == key)
            {
                return entry.IdPlusOne - 1;
            }

            index = (index + 1) & _mask;
        }
    }

    private void Grow()
    {
        int bits = 32 - _shift + 1;
        _slots = new Entry[1 << bits];
        Array.Resize(ref Keys, 1 << bits);
        _shift = 32 - bits;
        _mask = (1 << bits) - 1;
        for (int id = 0; id < Count; id++)
        {
            int index = (int)((uint)Keys[id] * 2654435769u >> _shift);
            while (_slots[index].IdPlusOne != 0)
            {
                index = (index + 1) & _mask;
            }

            _slots[index] = new Entry { Key = Keys[id], IdPlusOne = id + 1 };
        }
    }

    private struct Entry
    {
        public int Key;
        public int IdPlusOne;
    }
}

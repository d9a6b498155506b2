using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.State;

/// <content>
/// Many keys at a time, in loops that call nothing and keep all in locals, so that it stays in registers.
/// </content>
internal sealed partial class KeyTable<TKey, TValue>
{
    /// <summary>
    /// Finds the entries of a run of keys, up to the first key that has none; how many were found, and their indexes.
    /// </summary>
    /// <remarks>For a table in the nearest caches; for larger ones there is <see cref="FindLikely"/>.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int FindRun(ReadOnlySpan<TKey> keys, ReadOnlySpan<ulong> hashes, Span<int> indexes)
    {
        ref TKey key = ref MemoryMarshal.GetReference(keys);
        ref ulong hashed = ref MemoryMarshal.GetReference(hashes);
        ref int result = ref MemoryMarshal.GetReference(indexes);
        ref Slot slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref Entry entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        uint mask = (uint)_mask;
        uint first = _base;
        uint count = (uint)_count;
        nint length = keys.Length;
        nint i = 0;
        for (; i < length; i++)
        {
            uint hash = (uint)Unsafe.Add(ref hashed, i);
            uint at = hash & mask;
            while (true)
            {
                ref Slot slot = ref Unsafe.Add(ref slots, at);
                uint index = slot.Stamp - first;
                if (index >= count)
                {
                    return (int)i;
                }

                if (slot.Hash == hash && SameKey(Unsafe.Add(ref entries, index).Key, Unsafe.Add(ref key, i)))
                {
                    Unsafe.Add(ref result, i) = (int)index;
                    break;
                }

                at = (at + 1) & mask;
            }
        }

        return (int)i;
    }

    /// <summary>
    /// Finds the entries of a run of keys in several tables, up to the first that has none or has no table; how many
    /// were found, and their indexes.
    /// </summary>
    /// <param name="tables">The tables.</param>
    /// <param name="numbers">For each key its table.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="hashes">Their hashes.</param>
    /// <param name="indexes">Their indexes.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int FindEach(
        ReadOnlySpan<KeyTable<TKey, TValue>?> tables,
        ReadOnlySpan<byte> numbers,
        ReadOnlySpan<TKey> keys,
        ReadOnlySpan<ulong> hashes,
        Span<int> indexes)
    {
        ref KeyTable<TKey, TValue>? first = ref MemoryMarshal.GetReference(tables);
        ref byte number = ref MemoryMarshal.GetReference(numbers);
        ref TKey key = ref MemoryMarshal.GetReference(keys);
        ref ulong hashed = ref MemoryMarshal.GetReference(hashes);
        ref int result = ref MemoryMarshal.GetReference(indexes);
        nint length = keys.Length;
        nint i = 0;
        for (; i < length; i++)
        {
            if (Unsafe.Add(ref first, Unsafe.Add(ref number, i)) is not { } table)
            {
                return (int)i;
            }

            uint hash = (uint)Unsafe.Add(ref hashed, i);
            uint at = hash & (uint)table._mask;
            while (true)
            {
                ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table._slots), at);
                uint index = slot.Stamp - table._base;
                if (index >= (uint)table._count)
                {
                    return (int)i;
                }

                if (slot.Hash == hash && SameKey(table.At((int)index).Key, Unsafe.Add(ref key, i)))
                {
                    Unsafe.Add(ref result, i) = (int)index;
                    break;
                }

                at = (at + 1) & (uint)table._mask;
            }
        }

        return (int)i;
    }

    /// <summary>
    /// For each of many hashes the index of an entry that has it, or -1: in all but one case in billions its key is the
    /// one meant, but the caller looks. The entries are on their way from memory then; all the waits overlap.
    /// </summary>
    public void FindLikely(ReadOnlySpan<ulong> hashes, Span<int> indexes)
    {
        ref Slot slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref Entry entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        int mask = _mask;
        uint first = _base;
        uint count = (uint)_count;
        if (IsLarge)
        {
            foreach (ulong hash in hashes)
            {
                Prefetch.Read(ref Unsafe.Add(ref slots, (int)(uint)hash & mask));
            }
        }

        for (int i = 0; i < hashes.Length; i++)
        {
            uint hash = (uint)hashes[i];
            int at = (int)hash & mask;
            while (true)
            {
                Slot slot = Unsafe.Add(ref slots, at);
                uint index = slot.Stamp - first;
                if (index >= count)
                {
                    indexes[i] = -1;
                    break;
                }

                if (slot.Hash == hash)
                {
                    indexes[i] = (int)index;
                    Prefetch.Read(ref Unsafe.Add(ref entries, index));
                    break;
                }

                at = (at + 1) & mask;
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using StreamKit.State;

namespace StreamKit.Operators;

/// <content>
/// Many records at a time, in loops that call nothing and keep all in locals, so that it stays in registers.
/// </content>
internal sealed partial class SessionStore<TKey, TAcc, TOut>
{
    // As many slots as one comparison takes.
    private const int Together = 4;

    // Which of the eight halves of four slots are hashes, and which are places.
    private const uint Hashes = 0b0101_0101;
    private const uint Ids = 0b1010_1010;

    /// <summary>
    /// For each of many hashes the earliest session of a key that has it, or none: in all but one case in billions that
    /// key is the one meant, but the caller looks. All the waits for memory overlap, that for the sessions included.
    /// </summary>
    public void FindLikely(ReadOnlySpan<ulong> hashes, Span<int> ids)
    {
        ref Slot slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref Session<TKey, TAcc> sessions = ref MemoryMarshal.GetArrayDataReference(_sessions);
        uint homes = (uint)(_slots.Length - Together);
        foreach (ulong hash in hashes)
        {
            State.Prefetch.Read(ref Unsafe.Add(ref slots, (uint)hash & homes));
        }

        ref int result = ref MemoryMarshal.GetReference(ids);
        for (int i = 0; i < hashes.Length; i++)
        {
            uint hash = (uint)hashes[i];
            uint at = hash & homes;
            int id = None;
            while (true)
            {
                Vector256<uint> group = Vector256.LoadUnsafe(ref Unsafe.As<Slot, uint>(ref Unsafe.Add(ref slots, at)));
                uint same = Vector256.Equals(group, Vector256.Create(hash)).ExtractMostSignificantBits() & Hashes;
                if (same != 0)
                {
                    id = Unsafe.Add(ref slots, at + ((uint)BitOperations.TrailingZeroCount(same) / 2)).Id;
                    break;
                }

                if ((Vector256.Equals(group, Vector256<uint>.Zero).ExtractMostSignificantBits() & Ids) != 0)
                {
                    break;
                }

                at = (at + Together) & homes;
            }

            Unsafe.Add(ref result, i) = id;
            State.Prefetch.Read(ref Unsafe.Add(ref sessions, id));
        }
    }

    /// <summary>
    /// Extends the sessions of a run of records, up to the first that does more than that or lies elsewhere; how many
    /// were extended.
    /// </summary>
    /// <param name="ids">For each record the session that it probably extends, or none.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="timestamps">Their times.</param>
    /// <param name="gap">The gap.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Extend(ReadOnlySpan<int> ids, ReadOnlySpan<TKey> keys, ReadOnlySpan<long> timestamps, long gap)
    {
        ref Session<TKey, TAcc> sessions = ref MemoryMarshal.GetArrayDataReference(_sessions);
        ref int id = ref MemoryMarshal.GetReference(ids);
        ref TKey key = ref MemoryMarshal.GetReference(keys);
        ref long timestamp = ref MemoryMarshal.GetReference(timestamps);
        nint length = ids.Length;
        nint i = 0;
        for (; i < length; i++)
        {
            ref Session<TKey, TAcc> session = ref Unsafe.Add(ref sessions, Unsafe.Add(ref id, i));
            long at = Unsafe.Add(ref timestamp, i);
            long end = at + gap;
            if (at < session.Start
                || at >= session.End
                || !session.IsLastAndOpen
                || !KeyTable<TKey, int>.SameKey(session.Key, Unsafe.Add(ref key, i))
                || end < at)
            {
                break;
            }

            if (end > session.End)
            {
                session.End = end;
            }
        }

        return (int)i;
    }
}

using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Floors;

/// <summary>
/// Tumbling 1 s, count and sum per string key. Row: start of the window, fingerprint of the key, count, sum.
/// </summary>
/// <remarks>
/// Waiting for memory is what costs here, so a batch goes through three passes: fetch the strings; hash them
/// and fetch their slots; probe.
/// </remarks>
internal static unsafe class W2Floor
{
    private const int WindowMs = 1000;

    // Small enough that what the first pass fetched is still in the nearest cache in the third.
    private const int Batch = 256;

    private const int EmitAhead = 16;

    public static Checksum Run(TextEvent[] events, int count)
    {
        var state = new State();
        for (int i = 0; i < count; i += Batch)
        {
            RunBatch(state, events.AsSpan(i, Math.Min(Batch, count - i)));
        }

        Emit(state);
        return state.Result;
    }

    private static void RunBatch(State state, ReadOnlySpan<TextEvent> events)
    {
        StringTable table = state.Table;
        uint[] hashes = state.Hashes;
        for (int i = 0; i < events.Length; i++)
        {
            Prefetch.Content(in events[i].Key);
        }

        fixed (StringTable.Slot* slots = table.Slots)
        {
            int mask = table.Mask;
            for (int i = 0; i < events.Length; i++)
            {
                uint hash = StringHash.Of(events[i].Key);
                hashes[i] = hash;
                Prefetch.Address(slots + ((int)hash & mask));
            }
        }

        for (int i = 0; i < events.Length; i++)
        {
            ref readonly TextEvent e = ref events[i];
            if (e.TimestampMs >= state.EndMs)
            {
                Emit(state);
                state.EndMs = (e.TimestampMs / WindowMs + 1) * WindowMs;
            }

            table.Add(e.Key, hashes[i], e.Value);
        }
    }

    private static void Emit(State state)
    {
        long startMs = state.EndMs - WindowMs;
        StringTable.Total[] totals = state.Table.Totals;
        int count = state.Table.Count;
        for (int i = 0; i < count; i++)
        {
            if (i + EmitAhead < count)
            {
                Prefetch.Content(in totals[i + EmitAhead].Key);
            }

            ref StringTable.Total total = ref totals[i];
            state.Result.Add(startMs, Checksum.Fingerprint(total.Key), total.Count, total.Sum);
        }

        state.Table.Clear();
    }

    private sealed class State
    {
        public readonly StringTable Table = new(bits: 16);
        public readonly uint[] Hashes = new uint[Batch];
        public long EndMs = long.MinValue;
        public Checksum Result;
    }
}

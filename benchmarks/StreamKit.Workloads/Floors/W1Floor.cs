using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Floors;

/// <summary>Tumbling 1 s, count and sum per int key. Row: start of the window, key as uint, count, sum.</summary>
internal static class W1Floor
{
    private const int WindowMs = 1000;

    public static Checksum Run(Event[] events, int count)
    {
        var state = new State();
        for (int i = 0; i < count; i += Chunk.Events)
        {
            RunChunk(state, events.AsSpan(i, Math.Min(Chunk.Events, count - i)));
        }

        Emit(state);
        return state.Result;
    }

    private static void RunChunk(State state, ReadOnlySpan<Event> events)
    {
        IntTable table = state.Table;
        long endMs = state.EndMs;
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly Event e = ref events[i];
            if (e.TimestampMs >= endMs)
            {
                Emit(state);
                endMs = state.EndMs = (e.TimestampMs / WindowMs + 1) * WindowMs;
            }

            table.Add(e.Key, e.Value);
        }
    }

    private static void Emit(State state)
    {
        IntTable table = state.Table;
        long startMs = state.EndMs - WindowMs;
        for (int i = 0; i < table.Count; i++)
        {
            ref IntTable.Entry entry = ref table.Slots[table.Used[i]];
            state.Result.Add(startMs, (uint)entry.Key, entry.Count, entry.Sum);
        }

        table.Clear();
    }

    private sealed class State
    {
        public readonly IntTable Table = new(bits: 12);
        public long EndMs = long.MinValue;
        public Checksum Result;
    }
}

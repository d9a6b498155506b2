using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Floors;

/// <summary>
/// Hopping 10 s every 1 s, sum per int key, out of order by less than 5 s. Row: start of the
/// window, key as uint, 0, sum.
/// </summary>
/// <remarks>
/// Panes of 1 s in a ring; the running total of a key gains the newest pane and loses the one that left.
/// </remarks>
internal static class W3Floor
{
    private const int PaneMs = 1000;
    private const int PanesPerWindow = 10;
    private const int DisorderMs = 5000;

    // A power of two above the ten panes of a window and the five that disorder keeps open.
    private const int Ring = 32;

    // The workload has 1,000 keys.
    private const int MostKeys = 2048;

    public static Checksum Run(Event[] events, int count)
    {
        var state = new State();
        for (int i = 0; i < count; i += Chunk.Events)
        {
            RunChunk(state, events.AsSpan(i, Math.Min(Chunk.Events, count - i)));
        }

        while (state.NextPane <= state.GreatestPane + PanesPerWindow - 1)
        {
            Close(state);
        }

        return state.Result;
    }

    private static void RunChunk(State state, ReadOnlySpan<Event> events)
    {
        IdMap ids = state.Ids;
        Total[][] panes = state.Panes;
        long greatestMs = state.GreatestMs;
        long closeNextAtMs = (state.NextPane + 1) * PaneMs + DisorderMs;
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly Event e = ref events[i];
            if (e.TimestampMs > greatestMs)
            {
                greatestMs = e.TimestampMs;
                while (greatestMs >= closeNextAtMs)
                {
                    Close(state);
                    closeNextAtMs += PaneMs;
                }
            }

            long pane = e.TimestampMs / PaneMs;
            int id = ids.Get(e.Key);
            ref Total total = ref panes[(int)pane & (Ring - 1)][id];
            total.Count++;
            total.Sum += e.Value;
        }

        state.GreatestMs = greatestMs;
        state.GreatestPane = Math.Max(state.GreatestPane, greatestMs / PaneMs);
    }

    // The pane is complete, and with it the window that ends with it.
    private static void Close(State state)
    {
        long pane = state.NextPane++;
        Total[] entering = state.Panes[(int)pane & (Ring - 1)];
        Total[] leaving = state.Panes[(int)(pane - PanesPerWindow) & (Ring - 1)];
        Total[] running = state.Running;
        int keys = state.Ids.Count;
        for (int i = 0; i < keys; i++)
        {
            ref Total total = ref running[i];
            total.Count += entering[i].Count - leaving[i].Count;
            total.Sum += entering[i].Sum - leaving[i].Sum;
            if (total.Count > 0)
            {
                state.Result.Add((pane - PanesPerWindow + 1) * PaneMs, (uint)state.Ids.Keys[i], 0, total.Sum);
            }
        }

        Array.Clear(leaving, 0, keys);
    }

    private struct Total
    {
        public long Count;
        public long Sum;
    }

    private sealed class State
    {
        public readonly IdMap Ids = new(bits: 11);
        public readonly Total[][] Panes = new Total[Ring][];
        public readonly Total[] Running = new Total[MostKeys];
        public long NextPane = EventTime.OriginMs / PaneMs;
        public long GreatestMs = long.MinValue;
        public long GreatestPane = long.MinValue / 2;
        public Checksum Result;

        public State()
        {
            for (int i = 0; i < Ring; i++)
            {
                Panes[i] = new Total[MostKeys];
            }
        }
    }
}

using System.Numerics;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Floors;

/// <summary>Sliding maximum of 60 s every 1 s per int key. Row: start of the window, key as uint, maximum, 0.</summary>
/// <remarks>A maximum per pane of 1 s and key; when a pane closes, vector instructions combine the last 60.</remarks>
internal static class W5Floor
{
    private const int PaneMs = 1000;
    private const int PanesPerWindow = 60;

    // A power of two above the panes of a window.
    private const int Ring = 64;

    // The workload has 100 keys.
    private const int MostKeys = 512;

    // Below every value: this key has none in this pane.
    private const int None = -1;

    public static Checksum Run(Event[] events, int count)
    {
        var state = new State();
        for (int i = 0; i < count; i += Chunk.Events)
        {
            RunChunk(state, events.AsSpan(i, Math.Min(Chunk.Events, count - i)));
        }

        for (int i = 0; i < PanesPerWindow; i++)
        {
            Close(state);
        }

        return state.Result;
    }

    private static void RunChunk(State state, ReadOnlySpan<Event> events)
    {
        IdMap ids = state.Ids;
        long endMs = (state.Pane + 1) * PaneMs;
        int[] maxima = state.Panes[(int)state.Pane & (Ring - 1)];
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly Event e = ref events[i];
            while (e.TimestampMs >= endMs)
            {
                Close(state);
                endMs += PaneMs;
                maxima = state.Panes[(int)state.Pane & (Ring - 1)];
            }

            int id = ids.Get(e.Key);
            if (e.Value > maxima[id])
            {
                maxima[id] = e.Value;
            }
        }
    }

    private static void Close(State state)
    {
        long pane = state.Pane;
        int keys = state.Ids.Count;
        int[] window = state.Window;
        Array.Fill(window, None, 0, (keys + 15) & ~15);
        for (int j = 0; j < PanesPerWindow; j++)
        {
            int[] maxima = state.Panes[(int)(pane - j) & (Ring - 1)];
            for (int i = 0; i < keys; i += Vector<int>.Count)
            {
                Vector.Max(new Vector<int>(window, i), new Vector<int>(maxima, i)).CopyTo(window, i);
            }
        }

        for (int i = 0; i < keys; i++)
        {
            if (window[i] >= 0)
            {
                state.Result.Add((pane - PanesPerWindow + 1) * PaneMs, (uint)state.Ids.Keys[i], window[i], 0);
            }
        }

        // The slot of the pane that comes next has left every window that is still to close.
        state.Pane++;
        Array.Fill(state.Panes[(int)state.Pane & (Ring - 1)], None);
    }

    private sealed class State
    {
        public readonly IdMap Ids = new(bits: 9);
        public readonly int[][] Panes = new int[Ring][];
        public readonly int[] Window = new int[MostKeys];
        public long Pane = EventTime.OriginMs / PaneMs;
        public Checksum Result;

        public State()
        {
            for (int i = 0; i < Ring; i++)
            {
                Panes[i] = new int[MostKeys];
                Array.Fill(Panes[i], None);
            }
        }
    }
}

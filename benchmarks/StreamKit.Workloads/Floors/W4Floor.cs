using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Floors;

/// <summary>
/// Sessions with a gap of 30 s, count and sum per int key. Row: end of the session (last event +
/// gap), key as uint, count, sum.
/// </summary>
/// <remarks>
/// A timing wheel of one-second buckets finds the sessions that may be over; one that lived on is put back.
/// </remarks>
internal static class W4Floor
{
    private const int GapMs = 30_000;
    private const int TickMs = 1000;

    // A power of two above the gap in ticks.
    private const int Wheel = 64;

    public static Checksum Run(Event[] events, int count)
    {
        var state = new State();
        for (int i = 0; i < count; i += Chunk.Events)
        {
            RunChunk(state, events.AsSpan(i, Math.Min(Chunk.Events, count - i)));
        }

        for (int id = 0; id < state.Ids.Count; id++)
        {
            Emit(state, id);
        }

        return state.Result;
    }

    private static void RunChunk(State state, ReadOnlySpan<Event> events)
    {
        IdMap ids = state.Ids;
        long nextTickMs = (state.Tick + 1) * TickMs;
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly Event e = ref events[i];
            while (e.TimestampMs >= nextTickMs)
            {
                Tick(state);
                nextTickMs += TickMs;
            }

            int id = ids.Get(e.Key);
            if (id >= state.Sessions.Length)
            {
                Array.Resize(ref state.Sessions, state.Sessions.Length * 2);
            }

            ref Session session = ref state.Sessions[id];
            if (session.Count > 0 && e.TimestampMs - session.LastMs >= GapMs)
            {
                // Over within this second, before the wheel reached it.
                Emit(state, id);
            }

            if (session.Count == 0)
            {
                session.StartMs = e.TimestampMs;
                session.Sum = 0;
                state.Buckets[(int)((e.TimestampMs + GapMs) / TickMs + 1) & (Wheel - 1)].Add(id);
            }

            session.LastMs = e.TimestampMs;
            session.Count++;
            session.Sum += e.Value;
        }
    }

    private static void Tick(State state)
    {
        long tick = ++state.Tick;
        List<int> bucket = state.Buckets[(int)tick & (Wheel - 1)];
        int kept = 0;
        for (int i = 0; i < bucket.Count; i++)
        {
            int id = bucket[i];
            ref Session session = ref state.Sessions[id];
            if (session.Count == 0)
            {
                continue;
            }

            if (session.LastMs + GapMs <= tick * TickMs)
            {
                Emit(state, id);
                continue;
            }

            long dueTick = (session.LastMs + GapMs) / TickMs + 1;
            if ((dueTick & (Wheel - 1)) == (tick & (Wheel - 1)))
            {
                bucket[kept++] = id;
            }
            else
            {
                state.Buckets[(int)dueTick & (Wheel - 1)].Add(id);
            }
        }

        CollectionsMarshal.SetCount(bucket, kept);
    }

    private static void Emit(State state, int id)
    {
        ref Session session = ref state.Sessions[id];
        if (session.Count > 0)
        {
            state.Result.Add(session.LastMs + GapMs, (uint)state.Ids.Keys[id], session.Count, session.Sum);
            session.Count = 0;
        }
    }

    private struct Session
    {
        public long StartMs;
        public long LastMs;
        public long Count;
        public long Sum;
    }

    private sealed class State
    {
        public readonly IdMap Ids = new(bits: 15);
        public readonly List<int>[] Buckets = new List<int>[Wheel];
        public Session[] Sessions = new Session[1 << 15];
        public long Tick = EventTime.OriginMs / TickMs;
        public Checksum Result;

        public State()
        {
            for (int i = 0; i < Wheel; i++)
            {
                Buckets[i] = [];
            }
        }
    }
}

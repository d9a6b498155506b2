using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Programs;

/// <summary>Sessions with a gap of 30 s: the open ones in a dictionary that is searched once a second.</summary>
internal sealed class W4Program : IProgram<Event>
{
    private const int GapMs = 30_000;
    private const int SearchEveryMs = 1000;

    private readonly Dictionary<int, Session> _open = [];
    private long _nextSearchMs = long.MinValue;
    private Checksum _result;

    public void Add(ReadOnlySpan<Event> events)
    {
        foreach (ref readonly Event e in events)
        {
            if (e.TimestampMs >= _nextSearchMs)
            {
                CloseUpTo(e.TimestampMs);
                _nextSearchMs = e.TimestampMs + SearchEveryMs;
            }

            ref Session session = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, e.Key, out _);
            if (session.Total.Count > 0 && e.TimestampMs - session.LastMs >= GapMs)
            {
                Emit(e.Key, session);
                session = default;
            }

            session.LastMs = e.TimestampMs;
            session.Total.Add(e.Value);
        }
    }

    public Checksum Finish()
    {
        CloseUpTo(long.MaxValue);
        return _result;
    }

    private void CloseUpTo(long timeMs)
    {
        foreach ((int key, Session session) in _open)
        {
            if (session.LastMs + GapMs <= timeMs)
            {
                Emit(key, session);
                _open.Remove(key);
            }
        }
    }

    private void Emit(int key, in Session session) =>
        _result.Add(session.LastMs + GapMs, (uint)key, session.Total.Count, session.Total.Sum);

    private struct Session
    {
        public long LastMs;
        public Total Total;
    }
}

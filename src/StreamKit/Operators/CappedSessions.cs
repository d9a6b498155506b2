using System.Runtime.InteropServices;
using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>All that is held of one key: its sessions, and where the last expired one ended.</summary>
internal sealed class CappedSessions<TKey, TAcc, TOut>(TKey key, ulong hash, SessionCut cut)
{
    public TKey Key { get; } = key;

    public ulong Hash { get; } = hash;

    /// <summary>The sessions that have not expired, by start; they do not overlap.</summary>
    public List<CappedSession<TKey, TAcc, TOut>> List { get; } = [];

    /// <summary>
    /// The end of the last session that expired; no session may reach below it any more, because then it would be
    /// another cut of the same records.
    /// </summary>
    public long Floor { get; set; } = long.MinValue;

    /// <summary>Whether nothing is held of the key any more.</summary>
    public bool IsGone { get; set; }

    public static CappedSessions<TKey, TAcc, TOut> Read<TMonoid>(
        ref StateReader reader, TMonoid monoid, SavedKeys<TKey> keys, int group, SessionCut cut, SavedPanes panes)
        where TMonoid : struct, IMonoid<TAcc>
    {
        TKey key = keys.Read(ref reader, reader.Schema<TKey>(), group, out ulong hash);
        var sessions = new CappedSessions<TKey, TAcc, TOut>(key, hash, cut) { Floor = reader.ReadInt64() };
        long end = long.MinValue;
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            var session = CappedSession<TKey, TAcc, TOut>.Read(ref reader, monoid, sessions, panes);
            if (session.Start < end)
            {
                throw StateException.Damaged("two sessions of a key overlap");
            }

            sessions.List.Add(session);
            end = session.End;
        }

        return sessions;
    }

    public void Write<TMonoid>(ref StateWriter writer, TMonoid monoid, SavedPanes panes)
        where TMonoid : struct, IMonoid<TAcc>
    {
        writer.Value(Key);
        writer.Write(Floor);
        writer.Write(List.Count);
        foreach (CappedSession<TKey, TAcc, TOut> session in List)
        {
            session.Write(ref writer, monoid, panes);
        }
    }

    /// <summary>The index of the last session that starts at or before an instant; -1 where there is none.</summary>
    public int LastStartingBy(long ticks)
    {
        int low = 0, high = List.Count;
        if (high > 0 && List[high - 1].Start <= ticks)
        {
            return high - 1; // Most records are in the newest session.
        }

        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = List[middle].Start <= ticks ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>Whether the session after an index starts before an instant.</summary>
    public bool IsNextBefore(int index, long ticks) => index + 1 < List.Count && List[index + 1].Start < ticks;

    /// <summary>The end of the session in which a record would be, with all that would follow it there.</summary>
    /// <param name="index">The last session that starts at or before the record.</param>
    /// <param name="start">The start of the record's session.</param>
    /// <param name="ticks">The time of the record.</param>
    /// <param name="isEnd">Whether the record ends its session.</param>
    public long EndWith(int index, long start, long ticks, bool isEnd)
    {
        long end = cut.EndOf(start, ticks, isEnd);
        for (int i = Math.Max(index, 0); i < List.Count; i++)
        {
            foreach (ref readonly SessionMoment<TAcc> moment in CollectionsMarshal.AsSpan(List[i].Moments))
            {
                if (moment.Ticks < ticks)
                {
                    continue;
                }

                if (moment.Ticks >= end)
                {
                    return end;
                }

                end = cut.EndOf(start, moment.Ticks, moment.IsEnd || (isEnd && moment.Ticks == ticks));
            }
        }

        return end;
    }

    /// <summary>
    /// Walks over the moments from a session on until the new cut meets the old one; puts the new sessions, which have
    /// no content yet, in the place of those that they were made of, and returns both.
    /// </summary>
    public (List<CappedSession<TKey, TAcc, TOut>> Gone, List<CappedSession<TKey, TAcc, TOut>> Made) CutAnew(int from)
    {
        List<CappedSession<TKey, TAcc, TOut>> made = [];
        CappedSession<TKey, TAcc, TOut>? current = null;
        int to = from;

        // Where a session starts at an old start, everything from there on is cut as it was.
        for (; to < List.Count && (current is null || List[to].Start < current.End); to++)
        {
            foreach (ref readonly SessionMoment<TAcc> moment in CollectionsMarshal.AsSpan(List[to].Moments))
            {
                if (current is null || moment.Ticks >= current.End)
                {
                    current = new CappedSession<TKey, TAcc, TOut>(this, moment.Ticks);
                    made.Add(current);
                }

                current.Moments.Add(moment);
                current.End = cut.EndOf(current.Start, moment.Ticks, moment.IsEnd);
                current.Order = Math.Min(current.Order, moment.Order);
            }
        }

        List<CappedSession<TKey, TAcc, TOut>> gone = List.GetRange(from, to - from);
        List.RemoveRange(from, gone.Count);
        List.InsertRange(from, made);
        return (gone, made);
    }
}

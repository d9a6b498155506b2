using System.Runtime.InteropServices;
using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>One session of one key, with what it takes to cut it anew.</summary>
internal sealed class CappedSession<TKey, TAcc, TOut>(CappedSessions<TKey, TAcc, TOut> owner, long start)
{
    public CappedSessions<TKey, TAcc, TOut> Owner { get; } = owner;

    public long Start { get; } = start;

    public long End { get; set; }

    /// <summary>When its first record came, against all others; breaks ties in the order of firing.</summary>
    public long Order { get; set; } = long.MaxValue;

    /// <summary>By time, each time once; never empty.</summary>
    public List<SessionMoment<TAcc>> Moments { get; } = [];

    /// <summary>The content of all moments.</summary>
    public TAcc Total = default!; // Created by the operator together with the session.

    public PaneState<TOut> Panes;

    /// <summary>Whether it has content that its last result had not.</summary>
    public bool IsDirty { get; set; }

    /// <summary>
    /// Whether its on-time result has been emitted for these bounds, or its end had passed when it was made.
    /// </summary>
    public bool IsComplete { get; set; }

    /// <summary>The one entry in the queue that counts; others are left over from before the session changed.</summary>
    public (long Time, long Start, long Order)? Queued { get; set; }

    /// <summary>Whether it was cut anew or has expired.</summary>
    public bool IsGone { get; set; }

    public Window Bounds => Window.OfTicks(Start, End);

    public static CappedSession<TKey, TAcc, TOut> Read<TMonoid>(
        ref StateReader reader, TMonoid monoid, CappedSessions<TKey, TAcc, TOut> owner, SavedPanes panes)
        where TMonoid : struct, IMonoid<TAcc>
    {
        var session = new CappedSession<TKey, TAcc, TOut>(owner, reader.ReadInt64())
        {
            End = reader.ReadInt64(),
            IsDirty = reader.ReadBoolean(),
            IsComplete = reader.ReadBoolean(),
        };
        long queuedAt = reader.ReadInt64();
        session.Total = monoid.Read(ref reader);
        session.Panes = panes.Read<TOut>(ref reader);
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            var moment = SessionMoment<TAcc>.Read(ref reader, monoid);
            bool isInPlace = i == 0 ? moment.Ticks == session.Start : moment.Ticks > session.Moments[i - 1].Ticks;
            if (!isInPlace || moment.Ticks >= session.End)
            {
                throw StateException.Damaged("a session does not hold the instants that it is made of");
            }

            session.Moments.Add(moment);
        }

        session.Queued = (queuedAt, session.Start, session.Order);
        return count > 0 ? session : throw StateException.Damaged("a session is made of no instant");
    }

    public void Write<TMonoid>(ref StateWriter writer, TMonoid monoid, SavedPanes panes)
        where TMonoid : struct, IMonoid<TAcc>
    {
        writer.Write(Start);
        writer.Write(End);
        writer.Write(IsDirty);
        writer.Write(IsComplete);
        writer.Write(Queued?.Time ?? long.MinValue);
        monoid.Write(ref writer, in Total);
        panes.Write(ref writer, in Panes);
        writer.Write(Moments.Count);
        foreach (ref readonly SessionMoment<TAcc> moment in CollectionsMarshal.AsSpan(Moments))
        {
            moment.Write(ref writer, monoid);
        }
    }

    /// <summary>Where a moment is, or belongs: the first that is not before the time.</summary>
    public int IndexOf(long ticks)
    {
        ReadOnlySpan<SessionMoment<TAcc>> moments = CollectionsMarshal.AsSpan(Moments);

        // Most records are the newest of their session, or have its time.
        if (moments.Length == 0 || moments[^1].Ticks < ticks)
        {
            return moments.Length;
        }

        int low = 0, high = moments.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = moments[middle].Ticks < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public bool HasMomentAt(int index, long ticks) => index < Moments.Count && Moments[index].Ticks == ticks;
}

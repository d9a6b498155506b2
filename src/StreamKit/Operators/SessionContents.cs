using System.Runtime.InteropServices;
using StreamKit.Aggregation;

namespace StreamKit.Operators;

/// <summary>Puts records into the moments and totals of sessions.</summary>
internal sealed class SessionContents<TKey, TIn, TAcc, TOut, TAggregator>(
    TAggregator aggregator, OperatorContext context)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private long _made;

    /// <summary>
    /// Numbers the moments of sessions that were saved, in the order in which they were made and lane by lane.
    /// </summary>
    public void Renumber(IReadOnlyList<CappedSessions<TKey, TAcc, TOut>> saved)
    {
        foreach ((CappedSession<TKey, TAcc, TOut> session, int index) in saved
            .SelectMany(static sessions => sessions.List)
            .SelectMany(static session => Enumerable.Range(0, session.Moments.Count), static (s, i) => (s, i))
            .OrderBy(static place => place.s.Moments[place.i].Order))
        {
            CollectionsMarshal.AsSpan(session.Moments)[index].Order = _made;
            session.Order = Math.Min(session.Order, _made++);
        }
    }

    /// <summary>A moment with one record.</summary>
    public SessionMoment<TAcc> NewMoment(in TIn record, long ticks, bool isEnd)
    {
        TAcc alone = aggregator.Create();
        aggregator.Add(ref alone, in record, ticks);
        return new SessionMoment<TAcc>
        {
            Ticks = ticks,
            IsEnd = isEnd,
            HasContent = true,
            Order = _made++,
            Accumulator = alone,
        };
    }

    /// <summary>Adds a record to its moment in a session; where the aggregator throws, nothing has changed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="record">The record.</param>
    /// <param name="ticks">Its time.</param>
    /// <param name="isEnd">Whether it ends the session.</param>
    /// <param name="alsoToTotal">Whether the session stays, so that its total counts.</param>
    public void Add(CappedSession<TKey, TAcc, TOut> session, in TIn record, long ticks, bool isEnd, bool alsoToTotal)
    {
        if (alsoToTotal)
        {
            AddOrLeave(ref session.Total, in record, ticks);
        }

        int index = session.IndexOf(ticks);
        try
        {
            if (session.HasMomentAt(index, ticks))
            {
                ref SessionMoment<TAcc> moment = ref CollectionsMarshal.AsSpan(session.Moments)[index];
                AddOrLeave(ref moment.Accumulator, in record, ticks);
                moment.HasContent = true;
                moment.IsEnd |= isEnd;
            }
            else
            {
                session.Moments.Insert(index, NewMoment(in record, ticks, isEnd));
            }
        }
        catch when (alsoToTotal)
        {
            SumUp(session); // The total took what the moment refused.
            throw;
        }
    }

    /// <summary>Makes the total anew from the moments; returns whether there is content.</summary>
    /// <remarks>
    /// Moments whose contents cannot be merged are in one session all the same; what the later one held is reported.
    /// </remarks>
    public bool SumUp(CappedSession<TKey, TAcc, TOut> session)
    {
        bool hasContent = false;
        session.Total = aggregator.Create();
        foreach (ref readonly SessionMoment<TAcc> moment in CollectionsMarshal.AsSpan(session.Moments))
        {
            if (!moment.HasContent)
            {
                continue;
            }

            hasContent = true;
            TAcc before = session.Total;
            try
            {
                aggregator.Merge(ref session.Total, in moment.Accumulator);
            }
            catch (Exception exception)
            {
                session.Total = before;
                context.Report(exception, null, moment.Ticks, session.Owner.Key?.ToString());
            }
        }

        return hasContent;
    }

    /// <summary>Takes the content away, which a discarding pane has said.</summary>
    public void Discard(CappedSession<TKey, TAcc, TOut> session)
    {
        session.Total = aggregator.Create();
        foreach (ref SessionMoment<TAcc> moment in CollectionsMarshal.AsSpan(session.Moments))
        {
            if (moment.HasContent)
            {
                moment.HasContent = false;
                moment.Accumulator = aggregator.Create();
            }
        }
    }

    private void AddOrLeave(ref TAcc accumulator, in TIn record, long ticks)
    {
        TAcc before = accumulator;
        try
        {
            aggregator.Add(ref accumulator, in record, ticks);
        }
        catch
        {
            accumulator = before;
            throw;
        }
    }
}

namespace StreamKit.Workloads.Data;

/// <summary>10,000 users in bursts, in order, about 6,700 events per event second.</summary>
/// <remarks>A burst has 1 to 119 events about 500 ms and never more than 19 s apart; 31 to 91 s of silence follow. So a
/// gap of 30 s finds exactly the bursts.</remarks>
internal static class W4Generator
{
    private const int Users = 10_000;
    private const int FirstBurstWithinMs = 90_000;

    // Enough event time for somewhat more than ten million events. A smaller count takes the beginning of the same
    // data, because the draws of one user follow those of another.
    private const int SpanMs = 1_600_000;
    private const int EventsOfTheSpan = 10_000_000;

    public static Event[] Generate(int count)
    {
        int spanMs = (int)Math.Max(SpanMs, (long)SpanMs * count / EventsOfTheSpan);

        // The walk over the users is made twice, to count and to place: quicker than to keep and sort its millions of
        // arrivals when only the first few are wanted. This is the second half of a stable counting sort.
        var positions = new int[spanMs + 1];
        Rng values = Walk(spanMs, (_, timeMs) => positions[timeMs + 1]++);
        for (int i = 0; i < spanMs; i++)
        {
            positions[i + 1] += positions[i];
        }

        if (positions[spanMs] < count)
        {
            throw new InvalidOperationException($"W4 has only {positions[spanMs]} events, not {count}");
        }

        var events = new Event[count];
        Walk(spanMs, (user, timeMs) =>
        {
            int value = values.Below(1000);
            int position = positions[timeMs]++;
            if (position < count)
            {
                events[position] = new Event
                {
                    TimestampMs = EventTime.OriginMs + timeMs,
                    Key = ScatteredKey.Of(user),
                    Value = value,
                };
            }
        });
        return events;
    }

    /// <summary>
    /// Visits the events of each user in turn; returns the generator as it stands after the last one.
    /// </summary>
    private static Rng Walk(int spanMs, Action<int, int> visitUserAndTime)
    {
        var rng = new Rng(4);
        for (int user = 0; user < Users; user++)
        {
            double time = rng.Fraction() * FirstBurstWithinMs;
            while (time < spanMs)
            {
                int burst = 1 + rng.Below(119);
                for (int i = 0; i < burst && time < spanMs; i++)
                {
                    visitUserAndTime(user, (int)time);
                    time += Math.Min(19_000, 1 - 500 * Math.Log(1 - rng.Fraction()));
                }

                time += 31_000 + rng.Below(60_000);
            }
        }

        return rng;
    }
}

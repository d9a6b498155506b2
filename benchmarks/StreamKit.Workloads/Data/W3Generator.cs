namespace StreamKit.Workloads.Data;

/// <summary>1,000 scattered keys, Zipf, 100,000 events per event second, out of order by less than 5 s.</summary>
internal static class W3Generator
{
    private const int DisorderMs = 5000;

    /// <remarks>The events are ordered by timestamp + delay, so greatest timestamp - 5 s is a watermark that no event
    /// is late for. The end of the array depends on <paramref name="count"/>: no later event overtakes there.</remarks>
    public static Event[] Generate(int count)
    {
        var keys = new Zipf(1000);
        var rng = new Rng(3);
        var events = new Event[count];
        var arrivals = new int[count];
        for (int i = 0; i < count; i++)
        {
            events[i] = new Event
            {
                TimestampMs = EventTime.OriginMs + i / 100,
                Key = ScatteredKey.Of(keys.Next(ref rng)),
                Value = rng.Below(1000),
            };
            arrivals[i] = i / 100 + rng.Below(DisorderMs);
        }

        return OrderByArrival(events, arrivals);
    }

    // A stable counting sort.
    private static Event[] OrderByArrival(Event[] events, int[] arrivals)
    {
        int times = events.Length / 100 + DisorderMs + 1;
        var positions = new int[times + 1];
        foreach (int arrival in arrivals)
        {
            positions[arrival + 1]++;
        }

        for (int i = 0; i < times; i++)
        {
            positions[i + 1] += positions[i];
        }

        var ordered = new Event[events.Length];
        for (int i = 0; i < events.Length; i++)
        {
            ordered[positions[arrivals[i]]++] = events[i];
        }

        return ordered;
    }
}

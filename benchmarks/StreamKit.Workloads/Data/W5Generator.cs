namespace StreamKit.Workloads.Data;

/// <summary>100 scattered keys, equally likely, in order, 10,000 events per event second.</summary>
internal static class W5Generator
{
    public static Event[] Generate(int count)
    {
        var rng = new Rng(5);
        var events = new Event[count];
        for (int i = 0; i < count; i++)
        {
            events[i] = new Event
            {
                TimestampMs = EventTime.OriginMs + i / 10,
                Key = ScatteredKey.Of(rng.Below(100)),
                Value = rng.Below(1_000_000_000),
            };
        }

        return events;
    }
}

namespace StreamKit.Workloads.Data;

/// <summary>1,000 scattered keys, Zipf, in order, 100,000 events per event second.</summary>
internal static class W1Generator
{
    public static Event[] Generate(int count)
    {
        var keys = new Zipf(1000);
        var rng = new Rng(1);
        var events = new Event[count];
        for (int i = 0; i < count; i++)
        {
            events[i] = new Event
            {
                TimestampMs = EventTime.OriginMs + i / 100,
                Key = ScatteredKey.Of(keys.Next(ref rng)),
                Value = rng.Below(1000),
            };
        }

        return events;
    }
}

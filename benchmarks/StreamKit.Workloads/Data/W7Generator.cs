namespace StreamKit.Workloads.Data;

/// <summary>
/// One side of the join: 100,000 scattered keys, equally likely, in order, 10,000 events per event second.
/// </summary>
internal static class W7Generator
{
    private const ulong LeftSeed = 71;
    private const ulong RightSeed = 72;

    public static Event[] GenerateLeft(int count) => Generate(LeftSeed, count);

    public static Event[] GenerateRight(int count) => Generate(RightSeed, count);

    private static Event[] Generate(ulong seed, int count)
    {
        var rng = new Rng(seed);
        var events = new Event[count];
        for (int i = 0; i < count; i++)
        {
            events[i] = new Event
            {
                TimestampMs = EventTime.OriginMs + i / 10,
                Key = ScatteredKey.Of(rng.Below(100_000)),
                Value = rng.Below(1000),
            };
        }

        return events;
    }
}

namespace StreamKit.Workloads.Data;

/// <summary>100,000 string keys, Zipf, in order, 100,000 events per event second.</summary>
internal static class W2Generator
{
    private const int Keys = 100_000;

    // Equal keys are rarely the same object, as when they were parsed from a wire.
    private const int CopiesOfAKey = 8;

    public static TextEvent[] Generate(int count)
    {
        var ranks = new Zipf(Keys);
        var rng = new Rng(2);
        string[] keys = CreateKeys(ref rng);
        var events = new TextEvent[count];
        for (int i = 0; i < count; i++)
        {
            // The order of the draws (copy, rank, value) is part of the data set.
            int copy = rng.Below(CopiesOfAKey);
            events[i] = new TextEvent
            {
                TimestampMs = EventTime.OriginMs + i / 100,
                Key = keys[copy * Keys + ranks.Next(ref rng)],
                Value = rng.Below(1000),
            };
        }

        return events;
    }

    private static string[] CreateKeys(ref Rng rng)
    {
        var keys = new string[Keys * CopiesOfAKey];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int k = 0; k < Keys; k++)
        {
            string key;
            do
            {
                key = RandomHashtag.Next(ref rng);
            }
            while (!seen.Add(key));

            for (int copy = 0; copy < CopiesOfAKey; copy++)
            {
                keys[copy * Keys + k] = new string(key.AsSpan());
            }
        }

        return keys;
    }
}

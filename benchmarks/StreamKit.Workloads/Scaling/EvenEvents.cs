using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Scaling;

/// <summary>Events in order, 100,000 per event second, whose keys are as frequent as each other but for one.</summary>
internal static class EvenEvents
{
    // So many that every lane has about the same share, wherever the hash puts them.
    private const int Keys = 10_000;

    /// <param name="count">How many events.</param>
    /// <param name="hotPercent">How many of a hundred events have the hot key.</param>
    public static Event[] Generate(int count, int hotPercent)
    {
        var rng = new Rng(1);
        var events = new Event[count];
        for (int i = 0; i < count; i++)
        {
            bool isHot = rng.Below(100) < hotPercent;
            events[i] = new Event
            {
                TimestampMs = EventTime.OriginMs + (i / 100),
                Key = ScatteredKey.Of(isHot ? 0 : rng.Below(Keys)),
                Value = i, // Its number, by which it is told from the others.
            };
        }

        return events;
    }
}

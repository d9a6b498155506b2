using StreamKit.Workloads.Data;
using StreamKit.Workloads.Floors;

namespace StreamKit.Workloads.Tests.Floors;

public class FloorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(250_000)]
    public void W1EqualsANaiveRecount(int count)
    {
        Event[] events = W1Generator.Generate(count);
        Assert.Equal(NaiveRecount.W1(events), W1Floor.Run(events, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(257)]
    [InlineData(150_000)]
    public void W2EqualsANaiveRecount(int count)
    {
        TextEvent[] events = W2Generator.Generate(count);
        Assert.Equal(NaiveRecount.W2(events), W2Floor.Run(events, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300_000)]
    public void W3EqualsANaiveRecount(int count)
    {
        Event[] events = W3Generator.Generate(count);
        Assert.Equal(NaiveRecount.W3(events), W3Floor.Run(events, count));
    }

    [Fact]
    public void W3EqualsANaiveRecountWhenWindowsEndInside()
    {
        const int count = 200_000;
        Event[] events = Stretch(W1Generator.Generate(count), factor: 20);
        Assert.Equal(NaiveRecount.W3(events), W3Floor.Run(events, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500_000)]
    public void W4EqualsANaiveRecount(int count)
    {
        Event[] events = W4Generator.Generate(count);
        Assert.Equal(NaiveRecount.W4(events), W4Floor.Run(events, count));
    }

    [Fact]
    public void W4EqualsANaiveRecountWhenEventsAreExactlyTheGapApart()
    {
        // Steps of 5 s and eight keys: pauses of 25, 30 and 35 s are all frequent.
        var rng = new Rng(4);
        var events = new Event[20_000];
        long timestampMs = EventTime.OriginMs;
        for (int i = 0; i < events.Length; i++)
        {
            timestampMs += 5000 * rng.Below(3);
            events[i] = new Event { TimestampMs = timestampMs, Key = ScatteredKey.Of(rng.Below(8)), Value = i };
        }

        Assert.Equal(NaiveRecount.W4(events), W4Floor.Run(events, events.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void W5EqualsANaiveRecount(int count)
    {
        Event[] events = W5Generator.Generate(count);
        Assert.Equal(NaiveRecount.W5(events), W5Floor.Run(events, count));
    }

    [Fact]
    public void W5EqualsANaiveRecountWhenMaximaLeaveTheWindow()
    {
        const int count = 50_000;
        Event[] events = Stretch(W5Generator.Generate(count), factor: 40);
        Assert.Equal(NaiveRecount.W5(events), W5Floor.Run(events, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50_000)]
    public void W6EqualsANaiveRecount(int count)
    {
        TweetRecord[] tweets = W6Generator.Generate(count);
        Assert.Equal(NaiveRecount.W6(tweets), W6Floor.Run(tweets, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(230_000)]
    public void W7EqualsANaiveRecount(int countPerSide)
    {
        Event[] left = W7Generator.GenerateLeft(countPerSide);
        Event[] right = W7Generator.GenerateRight(countPerSide);
        Assert.Equal(NaiveRecount.W7(left, right), W7Floor.Run(left, right, countPerSide));
    }

    [Fact]
    public void W7HoldsMoreEventsInAWindowThanItsFirstTable()
    {
        const int countPerSide = 300_000;
        Event[] left = Stretch(W7Generator.GenerateLeft(countPerSide), factor: 0);
        Event[] right = Stretch(W7Generator.GenerateRight(countPerSide), factor: 0);
        Assert.Equal(NaiveRecount.W7(left, right), W7Floor.Run(left, right, countPerSide));
    }

    [Fact]
    public void TheIntTableOutgrowsItsFirstSize()
    {
        Event[] events = KeysOfOneWindow(20_000);
        Assert.Equal(NaiveRecount.W1(events), W1Floor.Run(events, events.Length));
    }

    [Fact]
    public void TheIdMapOutgrowsItsFirstSize()
    {
        Event[] events = KeysOfOneWindow(70_000);
        Assert.Equal(NaiveRecount.W4(events), W4Floor.Run(events, events.Length));
    }

    [Fact]
    public void TheStringTableOutgrowsItsFirstSizeAndTakesKeysOfAnyLength()
    {
        // Lengths of 2 to 41 characters reach every branch of the hash.
        TextEvent[] events =
        [
            .. Enumerable.Range(0, 160_000).Select(i => new TextEvent
            {
                TimestampMs = EventTime.OriginMs + i / 80_000,
                Key = $"{i % 80_000:x5}".PadLeft(5 + i % 37, 'k')[^(i % 80_000 < 400 ? 2 : 5 + i % 37)..],
                Value = i,
            }),
        ];
        Assert.Equal(NaiveRecount.W2(events), W2Floor.Run(events, events.Length));
    }

    /// <summary>What the first version of the floors gave for the first 100,000 events.</summary>
    [Fact]
    public void TheChecksumsAreThoseOfTheFirstVersion()
    {
        const int count = 100_000;
        Assert.Equal("d96064dbc8b06626/1000", $"{W1Floor.Run(W1Generator.Generate(count), count)}");
        Assert.Equal("ff306ea4829b95bc/24522", $"{W2Floor.Run(W2Generator.Generate(count), count)}");
        Assert.Equal("92c2af936f499cee/12065", $"{W3Floor.Run(W3Generator.Generate(4 * count), count)}");
        Assert.Equal("dfcb9b86abbf3e92/3661", $"{W4Floor.Run(W4Generator.Generate(count), count)}");
        Assert.Equal("1d65d88ac2e0ec88/6900", $"{W5Floor.Run(W5Generator.Generate(count), count)}");
        Assert.Equal("ec4c27cd65fd3a35/1", $"{W6Floor.Run(W6Generator.Generate(count), count)}");
        Checksum joined = W7Floor.Run(W7Generator.GenerateLeft(count), W7Generator.GenerateRight(count), count);
        Assert.Equal("3715e4fd505d70f4/100086", $"{joined}");
    }

    private static Event[] KeysOfOneWindow(int keys) =>
    [
        .. Enumerable.Range(0, 3 * keys).Select(i => new Event
        {
            TimestampMs = EventTime.OriginMs,
            Key = ScatteredKey.Of(i % keys),
            Value = i,
        }),
    ];

    /// <summary>Spreads the events over more event time, so that few of them fill many windows.</summary>
    private static Event[] Stretch(Event[] events, int factor)
    {
        foreach (ref Event e in events.AsSpan())
        {
            e.TimestampMs = EventTime.OriginMs + (e.TimestampMs - EventTime.OriginMs) * factor;
        }

        return events;
    }
}

using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Tests.Data;

/// <summary>
/// Figures of different days can only be compared while the data stay the same, so they are pinned here.
/// </summary>
public class GeneratorTests
{
    private const int Pinned = 100_000;

    // W3 delays events by up to five seconds: so many must be generated for the first 100,000 arrivals to be final.
    private const int EventsThatSettleTheFirstArrivalsOfW3 = 400_000;

    [Fact]
    public void W1BeginsAsItAlwaysDid() =>
        Assert.Equal(0x647a97fbc596088aUL, InputDigest.Of(W1Generator.Generate(Pinned)));

    [Fact]
    public void W2BeginsAsItAlwaysDid() =>
        Assert.Equal(0xa454ebd9e70cab01UL, InputDigest.Of(W2Generator.Generate(Pinned)));

    [Fact]
    public void W3BeginsAsItAlwaysDid()
    {
        Event[] events = W3Generator.Generate(EventsThatSettleTheFirstArrivalsOfW3);
        Assert.Equal(0xeea571f1fcfc5d2dUL, InputDigest.Of(events.AsSpan(0, Pinned)));
    }

    [Fact]
    public void W4BeginsAsItAlwaysDid() =>
        Assert.Equal(0x97934b1b69270b64UL, InputDigest.Of(W4Generator.Generate(Pinned)));

    [Fact]
    public void W5BeginsAsItAlwaysDid() =>
        Assert.Equal(0x5f68fa59318ad2f9UL, InputDigest.Of(W5Generator.Generate(Pinned)));

    [Fact]
    public void W6BeginsAsItAlwaysDid() =>
        Assert.Equal(0x9922218080c75935UL, InputDigest.Of(W6Generator.Generate(Pinned)));

    [Fact]
    public void TheLeftSideOfW7BeginsAsItAlwaysDid() =>
        Assert.Equal(0xb97a3bff9aa7e51fUL, InputDigest.Of(W7Generator.GenerateLeft(Pinned)));

    [Fact]
    public void TheRightSideOfW7BeginsAsItAlwaysDid() =>
        Assert.Equal(0xaf53a35699f13b85UL, InputDigest.Of(W7Generator.GenerateRight(Pinned)));

    [Fact]
    public void InW3NoEventIsFiveSecondsBehindAnEarlierOneButManyAreBehind()
    {
        long greatestMs = long.MinValue;
        int behind = 0;
        foreach (Event e in W3Generator.Generate(EventsThatSettleTheFirstArrivalsOfW3))
        {
            greatestMs = Math.Max(greatestMs, e.TimestampMs);
            Assert.True(e.TimestampMs > greatestMs - 5000);
            behind += e.TimestampMs < greatestMs ? 1 : 0;
        }

        Assert.True(behind > EventsThatSettleTheFirstArrivalsOfW3 / 2);
    }

    [Fact]
    public void W3HasTheSameEventsAsItsOrderByTimestamp()
    {
        const int count = 5000;
        int[] perMillisecond = new int[count / 100];
        foreach (Event e in W3Generator.Generate(count))
        {
            perMillisecond[e.TimestampMs - EventTime.OriginMs]++;
        }

        Assert.All(perMillisecond, events => Assert.Equal(100, events));
    }

    [Fact]
    public void InW2EqualKeysAreOftenDifferentObjects()
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        int repeated = 0;
        int otherObject = 0;
        foreach (TextEvent e in W2Generator.Generate(20_000))
        {
            if (!first.TryAdd(e.Key, e.Key))
            {
                repeated++;
                otherObject += ReferenceEquals(first[e.Key], e.Key) ? 0 : 1;
            }
        }

        Assert.InRange((double)otherObject / repeated, 0.8, 0.95);
    }

    [Fact]
    public void ScatteredKeysAreUniqueAndPositive()
    {
        int[] keys = [.. Enumerable.Range(0, 200_000).Select(ScatteredKey.Of)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(key > 0));
    }
}

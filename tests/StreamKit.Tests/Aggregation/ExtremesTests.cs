namespace StreamKit.Tests.Aggregation;

public class ExtremesTests
{
    private static readonly (int By, string Name, long Ticks)[] Records =
    [
        (2, "b", 30), (1, "late", 50), (3, "c", 10), (1, "early", 20), (1, "early too", 20), (3, "c earlier", 5),
        (3, "c earlier too", 5),
    ];

    [Fact]
    public void AmongEqualsTheEarliestWinsAndThenTheFirstToArrive()
    {
        Assert.Equal("early", Aggregated.Over(Records, a => a.ArgMin(r => r.By, r => r.Name), ticks: r => r.Ticks));
        Assert.Equal("c earlier", Aggregated.Over(Records, a => a.ArgMax(r => r.By, r => r.Name), ticks: r => r.Ticks));
    }

    [Fact]
    public void TheEarliestWinsInAnyOrderOfArrival()
    {
        var reversed = Records.Reverse();

        Assert.Equal(
            "early too", Aggregated.Over(reversed, a => a.ArgMin(r => r.By, r => r.Name), ticks: r => r.Ticks));
        Assert.Equal(
            "c earlier too",
            Aggregated.Over(reversed, a => a.ArgMax(r => r.By, r => r.Name), parts: 4, ticks: r => r.Ticks));
    }
}

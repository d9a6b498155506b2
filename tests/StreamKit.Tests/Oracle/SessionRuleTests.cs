namespace StreamKit.Tests.Oracle;

public class SessionRuleTests
{
    [Theory]
    [InlineData(SessionRule.HalfOpen, true)]
    [InlineData(SessionRule.GapInclusive, true)]
    [InlineData(SessionRule.TouchingButClosedAtEnd, false)]
    public void OnlyFlinksRuleLetsArrivalOrderDecide(SessionRule rule, bool isSound)
    {
        var arrived = new SessionRuleModel(10, rule);
        long greatest = OracleTime.Min;
        foreach (long timestamp in new long[] { 0, 12, 10 })
        {
            arrived.Element(timestamp);
            greatest = Math.Max(greatest, timestamp);
            arrived.Watermark(greatest - 2);
        }

        arrived.Watermark(OracleTime.Max);
        Assert.Equal(0, arrived.Dropped);
        Assert.Equal(isSound, arrived.Closed.SequenceEqual(SessionRuleModel.Batch([0, 10, 12], 10, rule)));
    }

    [Fact]
    public void FlinksRuleSplitsWhatItWouldHaveMerged()
    {
        (OracleWindow, int)[] merged = [(new OracleWindow(0, 22), 3)];
        Assert.Equal(merged, SessionRuleModel.Batch([0, 10, 12], 10, SessionRule.GapInclusive));
        Assert.Equal(merged, SessionRuleModel.Batch([0, 10, 12], 10, SessionRule.TouchingButClosedAtEnd));
        Assert.Equal(
            [(new OracleWindow(0, 10), 1), (new OracleWindow(10, 22), 2)],
            SessionRuleModel.Batch([0, 10, 12], 10, SessionRule.HalfOpen));
    }
}

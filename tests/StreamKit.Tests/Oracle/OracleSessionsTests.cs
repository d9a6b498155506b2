namespace StreamKit.Tests.Oracle;

public class OracleSessionsTests
{
    [Fact]
    public void ALateElementBridgesTwoFiredSessions()
    {
        var windows = Sessions(gap: 5, lateness: 20, OracleMode.Retracting);
        windows.Element("k", 0, 0);
        windows.Element("k", 8, 8);
        windows.Watermark(14);
        windows.Element("k", 4, 4);

        Assert.Equal(
            [
                "+k[0,5) {0} OnTime 0", "+k[8,13) {8} OnTime 0",
                "-k[0,5) {0} Late 0", "-k[8,13) {8} Late 0", "+k[0,13) {0,4,8} Late 0",
            ],
            Text(windows));
    }

    [Fact]
    public void ALateElementIsAcceptedWhenItMeetsALiveSession()
    {
        var windows = Sessions(gap: 5, lateness: 0, OracleMode.Accumulating);
        windows.Element("k", 10, 10);
        windows.Watermark(12);
        windows.Element("k", 6, 6);
        Assert.Empty(windows.Late);

        windows.Watermark(15);
        Assert.Equal(["+k[6,15) {6,10} OnTime 0 final"], Text(windows));
    }

    [Fact]
    public void TheSameElementIsDroppedWhenItMeetsNoSession()
    {
        var windows = Sessions(gap: 5, lateness: 0, OracleMode.Accumulating);
        windows.Watermark(12);
        windows.Element("k", 6, 6);

        Assert.Equal([new OracleWindow(6, 11)], Assert.Single(windows.Late).Missed);
        Assert.True(windows.IsEmpty);
    }

    [Fact]
    public void TheSameElementIsDroppedWhenOnlyAnotherKeyHasALiveSession()
    {
        var windows = Sessions(gap: 5, lateness: 0, OracleMode.Accumulating);
        windows.Element("other", 10, 10);
        windows.Watermark(12);
        windows.Element("k", 6, 6);

        Assert.Equal("k", Assert.Single(windows.Late).Key);
    }

    [Theory]
    [InlineData(0, 12, 10)]
    [InlineData(0, 10, 12)]
    public void APauseOfExactlyTheGapEndsASessionInAnyOrderWithinTheBound(long first, long second, long third)
    {
        var windows = Sessions(gap: 10, lateness: 0, OracleMode.Accumulating);
        long greatest = OracleTime.Min;
        foreach (long timestamp in new[] { first, second, third })
        {
            windows.Element("k", timestamp, (int)timestamp);
            greatest = Math.Max(greatest, timestamp);
            windows.Watermark(greatest - 2);
        }

        windows.Watermark(OracleTime.Max);
        Assert.Empty(windows.Late);
        Assert.Equal(["+k[0,10) {0} OnTime 0 final", "+k[10,22) {10,12} OnTime 0 final"], Text(windows));
    }

    [Theory]
    [InlineData(0, 10, 12)]
    [InlineData(0, 12, 10)]
    [InlineData(10, 0, 12)]
    [InlineData(10, 12, 0)]
    [InlineData(12, 0, 10)]
    [InlineData(12, 10, 0)]
    public void WithoutAWatermarkEveryOrderGivesTheSameSessions(long first, long second, long third)
    {
        var windows = Sessions(gap: 10, lateness: 0, OracleMode.Accumulating);
        windows.Element("k", first, (int)first);
        windows.Element("k", second, (int)second);
        windows.Element("k", third, (int)third);
        windows.Watermark(OracleTime.Max);

        Assert.Equal(["+k[0,10) {0} OnTime 0 final", "+k[10,22) {10,12} OnTime 0 final"], Text(windows));
    }

    [Fact]
    public void AnElementInsideAFiredSessionContinuesItsPanes()
    {
        var windows = Sessions(gap: 5, lateness: 20, OracleMode.Retracting);
        windows.Element("k", 0, 0);
        windows.Element("k", 4, 4);
        windows.Watermark(9);
        windows.Element("k", 2, 2);

        Assert.Equal(
            ["+k[0,9) {0,4} OnTime 0", "-k[0,9) {0,4} Late 0", "+k[0,9) {0,2,4} Late 1"], Text(windows));
    }

    [Fact]
    public void AFiredSessionThatGrowsBeyondTheWatermarkIsRetractedAtOnceAndFiresOnTimeAgain()
    {
        var windows = Sessions(gap: 5, lateness: 20, OracleMode.Retracting);
        windows.Element("k", 0, 0);
        windows.Watermark(6);
        windows.Element("k", 3, 3);
        Assert.Equal(["+k[0,5) {0} OnTime 0", "-k[0,5) {0} Late 0"], Text(windows));

        windows.Watermark(8);
        Assert.Equal("+k[0,8) {0,3} OnTime 0", Text(windows).Last());
    }

    [Fact]
    public void AMergeInDiscardingModeEmitsOnlyWhatIsNew()
    {
        var windows = Sessions(gap: 5, lateness: 20, OracleMode.Discarding);
        windows.Element("k", 0, 0);
        windows.Element("k", 8, 8);
        windows.Watermark(14);
        windows.Element("k", 4, 4);

        Assert.Equal(
            ["+k[0,5) {0} OnTime 0", "+k[8,13) {8} OnTime 0", "+k[0,13) {4} Late 0"], Text(windows));
    }

    [Fact]
    public void AMergeRetractsAnEarlyPane()
    {
        var windows = Sessions(gap: 5, lateness: 0, OracleMode.Retracting);
        windows.Element("k", 0, 0);
        windows.FireEarly();
        windows.Element("k", 3, 3);
        windows.FireEarly();
        windows.Watermark(8);

        Assert.Equal(
            [
                "+k[0,5) {0} Early 0", "-k[0,5) {0} Early 0", "+k[0,8) {0,3} Early 0",
                "-k[0,8) {0,3} OnTime 0", "+k[0,8) {0,3} OnTime 1 final",
            ],
            Text(windows));
    }

    [Fact]
    public void AMergedSessionKeepsThePlaceOfItsOldestPart()
    {
        var windows = Sessions(gap: 5, lateness: 0, OracleMode.Accumulating);
        windows.Element("a", 3, 0);
        windows.Element("b", 0, 1);
        windows.Element("b", 3, 2);
        windows.Element("a", 0, 3);
        windows.Watermark(8);

        Assert.Equal(["+a[0,8) {3,0} OnTime 0 final", "+b[0,8) {1,2} OnTime 0 final"], Text(windows));
    }

    private static OracleWindows<string, int> Sessions(long gap, long lateness, OracleMode mode) =>
        new(OracleShape.Session(gap), lateness, mode);

    private static IEnumerable<string> Text(OracleWindows<string, int> windows) =>
        windows.Panes.Select(p => p.ToString());
}

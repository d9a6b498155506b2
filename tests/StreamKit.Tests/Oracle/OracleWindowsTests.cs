namespace StreamKit.Tests.Oracle;

public class OracleWindowsTests
{
    [Fact]
    public void AnElementExactlyTheBoundBehindIsOnTime()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(5), 0, OracleMode.Accumulating);
        windows.Element("k", 10, 0);
        windows.Watermark(OracleTime.Subtract(10, 5));
        windows.Element("k", 5, 1);
        Assert.Equal(5, windows.CurrentWatermark);
        Assert.Empty(windows.Late);

        windows.Element("k", 4, 2);
        OracleLate<string, int> late = Assert.Single(windows.Late);
        Assert.Equal(("k", 4L, 2, 5L), (late.Key, late.Timestamp, late.Value, late.Watermark));
        Assert.False(late.WasAcceptedByOthers);
        Assert.Equal([new OracleWindow(0, 5)], late.Missed);
    }

    [Fact]
    public void AnElementBehindIsNotLateWhileItsWindowIsOpen()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 0, OracleMode.Accumulating);
        windows.Watermark(5);
        windows.Element("k", 4, 0);
        windows.Watermark(10);

        Assert.Empty(windows.Late);
        Assert.Equal(["+k[0,10) {0} OnTime 0 final"], Text(windows));
    }

    [Fact]
    public void LatenessThreeRetractsAndReplacesUntilTheWindowExpires()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 3, OracleMode.Retracting);
        windows.Element("k", 1, 1);
        windows.Watermark(9);
        Assert.Empty(windows.Panes);

        windows.Watermark(10);
        windows.Element("k", 2, 2);
        windows.Watermark(12);
        windows.Element("k", 3, 3);
        Assert.False(windows.IsEmpty);

        windows.Watermark(13);
        Assert.True(windows.IsEmpty);
        windows.Element("k", 4, 4);

        Assert.Equal(
            [
                "+k[0,10) {1} OnTime 0",
                "-k[0,10) {1} Late 0", "+k[0,10) {1,2} Late 1",
                "-k[0,10) {1,2} Late 1", "+k[0,10) {1,2,3} Late 2",
            ],
            Text(windows));
        Assert.Equal(4, Assert.Single(windows.Late).Value);
    }

    [Theory]
    [InlineData(OracleMode.Accumulating)]
    [InlineData(OracleMode.Discarding)]
    [InlineData(OracleMode.Retracting)]
    public void AJumpOverEndAndExpiryFiresOnceOnTimeAndFinal(OracleMode mode)
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 5, mode);
        windows.Watermark(0);
        windows.Element("k", 3, 0);
        windows.Watermark(OracleTime.Max);

        Assert.Equal(["+k[0,10) {0} OnTime 0 final"], Text(windows));
        Assert.True(windows.IsEmpty);
    }

    [Fact]
    public void FarApartElementsGiveTwoPanes()
    {
        const long Far = 1_000_000_000_000_000;
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(1), 0, OracleMode.Accumulating);
        windows.Element("k", 1, 0);
        windows.Element("k", Far, 1);
        windows.Watermark(Far);
        Assert.Equal(["+k[1,2) {0} OnTime 0 final"], Text(windows));

        windows.Watermark(OracleTime.Max);
        Assert.Equal(
            ["+k[1,2) {0} OnTime 0 final", "+k[1000000000000000,1000000000000001) {1} OnTime 0 final"], Text(windows));
    }

    [Fact]
    public void AFirstElementWithinTheLatenessFiresAsLate()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 5, OracleMode.Accumulating);
        windows.Watermark(14);
        windows.Element("k", 3, 0);

        Assert.Equal(["+k[0,10) {0} Late 0"], Text(windows));
        windows.Watermark(15);
        Assert.Single(windows.Panes);
        Assert.True(windows.IsEmpty);
    }

    [Fact]
    public void AtEndPlusLatenessTheWindowIsExpired()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 5, OracleMode.Accumulating);
        windows.Watermark(15);
        windows.Element("k", 3, 0);

        Assert.Empty(windows.Panes);
        Assert.Equal([new OracleWindow(0, 10)], Assert.Single(windows.Late).Missed);
    }

    [Fact]
    public void AnElementThatMissesSomeWindowsIsReportedOnceAndKeptByTheOthers()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Hopping(10, 4), 0, OracleMode.Accumulating);
        windows.Watermark(14);
        windows.Element("k", 9, 0);

        OracleLate<string, int> late = Assert.Single(windows.Late);
        Assert.Equal([new OracleWindow(0, 10), new OracleWindow(4, 14)], late.Missed);
        Assert.True(late.WasAcceptedByOthers);
        windows.Watermark(18);
        Assert.Equal(["+k[8,18) {0} OnTime 0 final"], Text(windows));
    }

    [Fact]
    public void AnElementInAGapIsUnassignedAndNotLate()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Hopping(4, 10), 0, OracleMode.Accumulating);
        windows.Watermark(100);
        windows.Element("k", 4, 0);

        Assert.Equal([new OracleElement<string, int>("k", 4, 0)], windows.Unassigned);
        Assert.Empty(windows.Late);
        Assert.True(windows.IsEmpty);
    }

    [Fact]
    public void WindowsFireByEndThenStartThenTheOrderInWhichKeysRegistered()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 0, OracleMode.Accumulating);
        windows.Element("b", 11, 0);
        windows.Element("b", 5, 1);
        windows.Element("a", 12, 2);
        windows.Element("a", 1, 3);
        windows.Element("c", 2, 4);
        windows.Watermark(20);

        Assert.Equal(
            ["b[0,10)", "a[0,10)", "c[0,10)", "b[10,20)", "a[10,20)"], windows.Panes.Select(p => $"{p.Key}{p.Window}"));
    }

    [Fact]
    public void ValuesComeByTimestampAndTiesByArrival()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 0, OracleMode.Accumulating);
        windows.Element("k", 7, 0);
        windows.Element("k", 2, 1);
        windows.Element("k", 7, 2);
        windows.Element("k", 2, 3);
        windows.Watermark(10);

        Assert.Equal([1, 3, 0, 2], windows.Panes[0].Values);
    }

    [Theory]
    [InlineData(OracleMode.Accumulating, "+k[0,10) {0} Early 0; +k[0,10) {0,1} Early 1; +k[0,10) {0,1} OnTime 2 final")]
    [InlineData(OracleMode.Discarding, "+k[0,10) {0} Early 0; +k[0,10) {1} Early 1; +k[0,10) {} OnTime 2 final")]
    [InlineData(
        OracleMode.Retracting,
        "+k[0,10) {0} Early 0; -k[0,10) {0} Early 0; +k[0,10) {0,1} Early 1; "
        + "-k[0,10) {0,1} OnTime 1; +k[0,10) {0,1} OnTime 2 final")]
    public void EarlyFiringNeedsNewContentAndTheOnTimePaneDoesNot(OracleMode mode, string panes)
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 0, mode);
        windows.Element("k", 1, 0);
        windows.FireEarly();
        windows.FireEarly();
        windows.Element("k", 2, 1);
        windows.FireEarly();
        windows.Watermark(10);

        Assert.Equal(panes, string.Join("; ", Text(windows)));
    }

    [Theory]
    [InlineData(OracleMode.Accumulating, 2)]
    [InlineData(OracleMode.Discarding, 1)]
    [InlineData(OracleMode.Retracting, 1)]
    public void AnUnchangedOnTimePaneCanBeLeftOutUnlessAccumulating(OracleMode mode, int panes)
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 0, mode)
        {
            FiresUnchangedOnTime = false,
        };
        windows.Element("k", 1, 0);
        windows.FireEarly();
        windows.Watermark(10);

        Assert.Equal(panes, windows.Panes.Count);
        Assert.True(windows.IsEmpty);
    }

    [Fact]
    public void ACompleteWindowDoesNotFireEarly()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 5, OracleMode.Accumulating);
        windows.Element("k", 1, 0);
        windows.Watermark(10);
        windows.FireEarly();

        Assert.Equal(["+k[0,10) {0} OnTime 0"], Text(windows));
    }

    [Fact]
    public void AWatermarkThatFallsChangesNothing()
    {
        var windows = new OracleWindows<string, int>(OracleShape.Tumbling(10), 0, OracleMode.Accumulating);
        windows.Watermark(10);
        windows.Watermark(3);
        windows.Element("k", 3, 0);

        Assert.Equal(10, windows.CurrentWatermark);
        Assert.Single(windows.Late);
    }

    [Fact]
    public void LatenessSaturatesAtTheEndOfTime()
    {
        var windows = new OracleWindows<string, int>(
            OracleShape.Tumbling(10), OracleTime.Max, OracleMode.Accumulating);
        windows.Watermark(OracleTime.Max - 1);
        windows.Element("k", 3, 0);
        windows.Watermark(OracleTime.Max);

        Assert.Equal(["+k[0,10) {0} Late 0"], Text(windows));
        Assert.True(windows.IsEmpty);
    }

    [Theory]
    [InlineData(OracleTime.Min)]
    [InlineData(OracleTime.Max)]
    public void TheReservedTimestampsAreRefused(long timestamp)
    {
        var windows = new OracleWindows<string, int>(OracleShape.Session(1), 0, OracleMode.Accumulating);
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Element("k", timestamp, 0));
    }

    private static IEnumerable<string> Text(OracleWindows<string, int> windows) =>
        windows.Panes.Select(p => p.ToString());
}

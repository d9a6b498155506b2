namespace StreamKit.Tests.Oracle;

public class OracleWatermarkMergeTests
{
    [Fact]
    public void TheLastInputToTurnIdleFlushesTheGreatestWatermark()
    {
        var merge = new OracleWatermarkMerge(2);
        Assert.Equal(OracleTime.Min, merge.Watermark(0, 5));
        Assert.Equal(4, merge.Watermark(1, 4));
        Assert.Equal(4, merge.Idle(0));
        Assert.False(merge.IsIdle);
        Assert.Equal(5, merge.Idle(1));
        Assert.True(merge.IsIdle);
    }

    [Fact]
    public void AnInputThatRejoinsBehindDoesNotHoldTheOutputBack()
    {
        var merge = new OracleWatermarkMerge(2);
        Assert.Equal(OracleTime.Min, merge.Watermark(0, 10));
        Assert.Equal(4, merge.Watermark(1, 4));
        Assert.Equal(10, merge.Idle(1));
        Assert.Equal(10, merge.Watermark(1, 6));
        Assert.True(merge.IsRejoining(1));
        Assert.Equal(12, merge.Watermark(0, 12));
        Assert.Equal(12, merge.Watermark(1, 12));
        Assert.False(merge.IsRejoining(1));
        Assert.Equal(12, merge.Done(0));
        Assert.Equal(20, merge.Watermark(1, 20));
        Assert.Equal(OracleTime.Max, merge.Done(1));
        Assert.True(merge.IsDone);
        Assert.False(merge.IsIdle);
    }

    [Fact]
    public void TheOrderOfTheIdleMarksDoesNotMatter()
    {
        var merge = new OracleWatermarkMerge(2);
        merge.Watermark(0, 5);
        merge.Watermark(1, 4);
        Assert.Equal(5, merge.Idle(1));
        Assert.Equal(5, merge.Idle(0));
    }

    [Fact]
    public void AnInputThatNeverReportedHoldsTheOutputUntilItIsIdle()
    {
        var merge = new OracleWatermarkMerge(3);
        merge.Watermark(0, 5);
        Assert.Equal(OracleTime.Min, merge.Watermark(1, 7));
        Assert.Equal(5, merge.Idle(2));
    }

    [Fact]
    public void WhenEveryActiveInputIsBehindTheOutputStays()
    {
        var merge = new OracleWatermarkMerge(2);
        merge.Watermark(0, 10);
        merge.Idle(1);
        merge.Idle(0);
        Assert.Equal(10, merge.Active(1));
        Assert.Equal(10, merge.Watermark(1, 3));
        Assert.Equal(11, merge.Watermark(1, 11));
    }

    [Fact]
    public void WhenTheLastActiveInputEndsTheIdleOnesFlush()
    {
        var merge = new OracleWatermarkMerge(2);
        merge.Watermark(0, 3);
        merge.Watermark(1, 8);
        merge.Idle(1);
        Assert.Equal(8, merge.Done(0));
        Assert.True(merge.IsIdle);
        Assert.Equal(OracleTime.Max, merge.Done(1));
    }

    [Fact]
    public void AReportAfterTheEndIsRefused()
    {
        var merge = new OracleWatermarkMerge(2);
        merge.Done(1);
        Assert.Throws<InvalidOperationException>(() => merge.Watermark(1, 3));
        Assert.Throws<InvalidOperationException>(() => merge.Idle(1));
        Assert.Throws<InvalidOperationException>(() => merge.Active(1));
        Assert.Throws<InvalidOperationException>(() => merge.Done(1));
    }
}

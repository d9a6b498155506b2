namespace StreamKit.Tests.Oracle;

public class OracleAssignersTests
{
    [Theory]
    [InlineData(-11, -20)]
    [InlineData(-10, -10)]
    [InlineData(-1, -10)]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 10)]
    public void ATumblingWindowStartsAtTheFloor(long timestamp, long start)
    {
        Assert.Equal(new OracleWindow(start, start + 10), OracleAssigners.Tumbling(timestamp, 10));
        Assert.Equal(start, OracleAssigners.FloorStart(timestamp, 10));
    }

    [Theory]
    [InlineData(2, -7)]
    [InlineData(3, 3)]
    [InlineData(-8, -17)]
    public void AnOffsetMovesTheStart(long timestamp, long start) =>
        Assert.Equal(new OracleWindow(start, start + 10), OracleAssigners.Tumbling(timestamp, 10, 3));

    [Theory]
    [InlineData(13)]
    [InlineData(-7)]
    [InlineData(1_000_003)]
    [InlineData(-999_997)]
    public void AnyOffsetCountsModuloTheSize(long offset) =>
        Assert.Equal(new OracleWindow(-17, -7), OracleAssigners.Tumbling(-8, 10, offset));

    [Theory]
    [InlineData(9, new long[] { 0, 4, 8 })]
    [InlineData(10, new long[] { 4, 8 })]
    [InlineData(11, new long[] { 4, 8 })]
    [InlineData(12, new long[] { 4, 8, 12 })]
    [InlineData(-1, new long[] { -8, -4 })]
    public void HoppingTenEveryFourOverlaps(long timestamp, long[] starts) =>
        Assert.Equal(starts.Select(s => new OracleWindow(s, s + 10)), OracleAssigners.Hopping(timestamp, 10, 4));

    [Fact]
    public void HoppingFourEveryTenLeavesGaps()
    {
        Assert.Equal([new OracleWindow(0, 4)], OracleAssigners.Hopping(3, 4, 10));
        Assert.Empty(OracleAssigners.Hopping(4, 4, 10));
    }

    [Fact]
    public void WindowsAtTheEndsOfTimeStopThere()
    {
        Assert.Equal(OracleTime.Max, OracleAssigners.Tumbling(OracleTime.Max - 1, 1000).End);
        Assert.Equal(OracleTime.Min, OracleAssigners.Tumbling(OracleTime.Min + 1, 1000).Start);
        Assert.Equal(OracleTime.Max, OracleAssigners.Session(OracleTime.Max - 3, 5).End);
        Assert.Equal(0, OracleAssigners.FloorStart(OracleTime.Max - 1, OracleTime.Max));
        Assert.Equal(OracleTime.Min + 1, OracleAssigners.FloorStart(OracleTime.Min + 1, 10, OracleTime.Min + 1));
    }

    [Fact]
    public void ASessionHasNoWindowOfOneTimestamp() =>
        Assert.Throws<ArgumentException>(() => OracleAssigners.Assign(OracleShape.Session(5), 0));

    [Fact]
    public void AnEmptyWindowIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OracleShape.Tumbling(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OracleShape.Hopping(10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OracleShape.Session(-1));
    }
}

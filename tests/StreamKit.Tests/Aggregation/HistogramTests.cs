namespace StreamKit.Tests.Aggregation;

public class HistogramTests
{
    [Fact]
    public void ANumberOnABoundaryBelongsToTheBucketAboveIt() => Assert.Equal(
        [2, 2, 1, 3],
        Aggregated.Over(
            [double.NegativeInfinity, -.1, 0, -0.0, 1, 10, 11, double.PositiveInfinity],
            a => a.Histogram(x => x, 0, 1, 10),
            parts: 3));

    [Fact]
    public void WhatIsNoNumberIsAnError() =>
        Assert.Throws<ArgumentException>(() => Aggregated.Over([double.NaN], a => a.Histogram(x => x, 0)));

    [Theory]
    [InlineData]
    [InlineData(1.0, 1.0)]
    [InlineData(2.0, 1.0)]
    [InlineData(1.0, double.NaN)]
    public void BoundariesThatDoNotRiseAreRefusedAtTheCall(params double[] boundaries) =>
        Assert.Throws<ArgumentException>(() => Streams.Windowed<double>([]).Histogram(x => x, boundaries));
}

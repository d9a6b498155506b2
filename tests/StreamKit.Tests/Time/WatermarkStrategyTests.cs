using StreamKit.Time;

namespace StreamKit.Tests.Time;

public class WatermarkStrategyTests
{
    [Fact]
    public void ANegativeBoundIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        static () => Watermarks.BoundedOutOfOrderness(TimeSpan.FromTicks(-1)));

    [Fact]
    public void APatienceThatIsNotPositiveIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Watermarks.Monotonic().WithIdleness(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(
            static () => Watermarks.Monotonic().For<int>().WithIdleness(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void ANegativeSkewIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        static () => Watermarks.Monotonic().WithFutureGuard(TimeSpan.FromTicks(-1)));

    [Fact]
    public void MonotonicIsABoundOfZero()
    {
        SplitWatermark<int> generator = Watermarks.Monotonic().For<int>().CreateGenerator();
        Assert.Equal(9, generator.Advance([0], [9]));
    }

    [Fact]
    public void OptionsAddUpInAnyOrder()
    {
        WatermarkStrategy<int> one = Watermarks.BoundedOutOfOrderness(TimeSpan.FromTicks(3))
            .WithIdleness(TimeSpan.FromTicks(7))
            .WithFutureGuard(TimeSpan.FromTicks(11), FuturePolicy.Clamp);
        WatermarkStrategy<int> other = Watermarks.BoundedOutOfOrderness(TimeSpan.FromTicks(3)).For<int>()
            .WithFutureGuard(TimeSpan.FromTicks(11), FuturePolicy.Clamp)
            .WithIdleness(TimeSpan.FromTicks(7));

        Assert.Equal(one.Options, other.Options);
        Assert.Equal(7, one.Options.IdlenessTicks);
        Assert.Equal(11, one.Options.FutureSkewTicks);
        Assert.Equal(FuturePolicy.Clamp, one.Options.FuturePolicy);
        Assert.Equal(7, one.CreateGenerator().Advance([0], [10]));
    }

    [Fact]
    public void AnOptionMakesANewStrategyAndLeavesTheOldOne()
    {
        WatermarkStrategy plain = Watermarks.Monotonic();
        _ = plain.WithIdleness(TimeSpan.FromSeconds(1)).WithFutureGuard(TimeSpan.Zero);

        Assert.Null(plain.For<int>().Options.IdlenessTicks);
        Assert.Null(plain.For<int>().Options.FutureSkewTicks);
    }
}

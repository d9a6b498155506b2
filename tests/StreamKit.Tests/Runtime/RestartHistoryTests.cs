using StreamKit.Diagnostics;
using StreamKit.Runtime;
using StreamKit.Testing;

namespace StreamKit.Tests.Runtime;

/// <summary>Whether a job that failed is started again, and when.</summary>
public class RestartHistoryTests
{
    private readonly VirtualTime _time = new();
    private int _failures;

    [Fact]
    public void WithoutAStrategyThereIsNoRestart()
    {
        RestartHistory history = Of(RestartStrategy.None);

        Assert.False(history.TryRestart(Another(), 0, out _, out bool isPoison));
        Assert.False(isPoison);
        Assert.Equal(0, history.Total);
    }

    [Fact]
    public void AFixedNumberOfRestartsComesAfterTheSameDelay()
    {
        RestartHistory history = Of(RestartStrategy.Fixed(3, TimeSpan.FromSeconds(7)));
        Assert.Null(history.Last);
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromDays(100));
            Assert.Equal(TimeSpan.FromSeconds(7), DelayOf(history, Another()));
            Assert.Equal(_time.GetUtcNow(), history.Last);
        }

        Assert.Null(DelayOf(history, Another()));
        Assert.Equal(3, history.Total);
    }

    [Fact]
    public void ExponentialDelaysDoubleUpToTheLongest()
    {
        RestartHistory history = Of(Exponential());

        Assert.Equal(
            [1, 2, 4, 8, 10, 10],
            Enumerable.Range(0, 6).Select(_ => DelayOf(history, Another())!.Value.TotalSeconds));
    }

    [Fact]
    public void ExponentialDelaysBeginAnewAfterATimeWithoutAFailure()
    {
        RestartHistory history = Of(Exponential());
        DelayOf(history, Another());
        DelayOf(history, Another());
        history.Started();
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromSeconds(4), DelayOf(history, Another()));

        history.Started();
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromSeconds(1), DelayOf(history, Another()));
        Assert.Equal(4, history.Total);
    }

    [Fact]
    public void ALimitCountsTheRestartsSinceTheyWereForgotten()
    {
        RestartHistory history = Of(Exponential(maxRestarts: 2));
        DelayOf(history, Another());
        DelayOf(history, Another());
        Assert.Null(DelayOf(history, Another()));

        history.Started();
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull(DelayOf(history, Another()));
    }

    [Fact]
    public void ManyRestartsDoNotOverflowTheDelay()
    {
        RestartHistory history = Of(RestartStrategy.Exponential(
            TimeSpan.FromHours(1), TimeSpan.FromDays(10_000), TimeSpan.FromDays(20_000)));
        TimeSpan last = TimeSpan.Zero;
        for (int i = 0; i < 2_000; i++)
        {
            TimeSpan delay = DelayOf(history, Another())!.Value;
            Assert.True(delay >= last, "delays do not become shorter");
            last = delay;
        }

        Assert.Equal(TimeSpan.FromDays(10_000), last);
    }

    [Fact]
    public void TheSameFailureAtTheSameRecordIsPoison()
    {
        RestartHistory history = Of(RestartStrategy.Default);
        for (int i = 0; i < 10; i++)
        {
            Assert.NotNull(DelayOf(history, Poison("k1", "torn")));
        }

        Assert.False(history.TryRestart(Poison("k1", "torn"), 0, out _, out bool isPoison));
        Assert.True(isPoison, "it came an eleventh time");
    }

    [Fact]
    public void AFailureIsNoPoisonWhereCheckpointsAreCompletedInBetween()
    {
        RestartHistory history = Of(RestartStrategy.Default);
        for (int i = 0; i < 50; i++)
        {
            Assert.True(history.TryRestart(Poison("k1", "torn"), i, out _, out _));
        }
    }

    [Fact]
    public void FailuresThatDifferAreNoPoison()
    {
        RestartHistory history = Of(RestartStrategy.Default);
        for (int i = 0; i < 50; i++)
        {
            Assert.NotNull(DelayOf(history, Poison($"k{i % 2}", "torn")));
        }
    }

    [Fact]
    public void StrategiesRefuseWhatMakesNoSense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RestartStrategy.Fixed(0, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => RestartStrategy.Fixed(1, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RestartStrategy.Exponential(TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RestartStrategy.Exponential(
                TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RestartStrategy.Exponential(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.Zero));
    }

    private static RestartStrategy Exponential(int maxRestarts = int.MaxValue) => RestartStrategy.Exponential(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), maxRestarts);

    private static StreamException Poison(string key, string what) => new("the-step", key, null, new IOException(what));

    private static TimeSpan? DelayOf(RestartHistory history, Exception failure) =>
        history.TryRestart(failure, 0, out TimeSpan delay, out _) ? delay : null;

    private RestartHistory Of(RestartStrategy strategy)
    {
        var history = new RestartHistory(strategy.Policy, _time);
        history.Started();
        return history;
    }

    private IOException Another() => new($"failure {_failures++}");
}

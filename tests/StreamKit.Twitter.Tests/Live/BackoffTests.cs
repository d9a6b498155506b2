using StreamKit.Twitter.Live;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>The waits are those that the service documents.</summary>
public class BackoffTests
{
    private readonly Backoff _exact = new(jitter: 0, new Random(1));

    [Fact]
    public void NetworkErrorsWaitAQuarterOfASecondMoreEachTimeUpToSixteen()
    {
        for (int i = 1; i <= 100; i++)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(Math.Min(250 * i, 16_000)), Wait(Failure.Network));
            Assert.Equal(i >= 64, _exact.IsAtMost);
        }
    }

    [Fact]
    public void HttpErrorsWaitFiveSecondsDoublingUpToThreeHundredAndTwenty()
    {
        double[] expected = [5, 10, 20, 40, 80, 160, 320, 320, 320];
        Assert.Equal(expected, expected.Select(_ => Wait(Failure.Http).TotalSeconds));
    }

    [Fact]
    public void RateLimitsWaitAMinuteDoublingUpToTheWindowOfTheLimits()
    {
        double[] expected = [1, 2, 4, 8, 15, 15];
        Assert.Equal(expected, expected.Select(_ => Wait(Failure.RateLimit).TotalMinutes));
    }

    [Theory]
    [InlineData(-10, 60)]
    [InlineData(30, 60)]
    [InlineData(90, 90)]
    [InlineData(1_000_000, 3600)]
    public void ARateLimitWaitsForItsResetAndNeverLessThanItsStep(int resetSeconds, int waitSeconds) =>
        Assert.Equal(waitSeconds, _exact.Next(Failure.RateLimit, TimeSpan.FromSeconds(resetSeconds)).TotalSeconds);

    [Fact]
    public void TheResetOfALimitMeansNothingToOtherFailures() =>
        Assert.Equal(5, _exact.Next(Failure.Http, TimeSpan.FromSeconds(100)).TotalSeconds);

    [Fact]
    public void EachKindHasItsOwnCountAndLifeForgetsThemAll()
    {
        Assert.Equal(5, Wait(Failure.Http).TotalSeconds);
        Assert.Equal(0.25, Wait(Failure.Network).TotalSeconds);
        Assert.Equal(10, Wait(Failure.Http).TotalSeconds);
        _exact.Reset();
        Assert.Equal(5, Wait(Failure.Http).TotalSeconds);
        Assert.Equal(0.25, Wait(Failure.Network).TotalSeconds);
    }

    [Fact]
    public void ManyFailuresOverflowNothing()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Assert.InRange(Wait(Failure.Http).TotalSeconds, 5, 320);
        }
    }

    [Fact]
    public void JitterLengthensAndNeverShortens()
    {
        var backoff = new Backoff(jitter: 0.1, new Random(7));
        List<double> waits = [];
        for (int i = 0; i < 100; i++)
        {
            backoff.Reset();
            waits.Add(backoff.Next(Failure.Http, null).TotalSeconds);
        }

        Assert.All(waits, wait => Assert.InRange(wait, 5, 5.5));
        Assert.True(waits.Distinct().Count() > 90);
    }

    private TimeSpan Wait(Failure failure) => _exact.Next(failure, untilReset: null);
}

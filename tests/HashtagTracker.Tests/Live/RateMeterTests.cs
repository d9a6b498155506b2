using HashtagTracker.Live;
using Microsoft.Extensions.Time.Testing;

namespace HashtagTracker.Tests.Live;

public class RateMeterTests
{
    [Fact]
    public void TheRateIsThatOfTheLastSecondsOnly()
    {
        var time = new FakeTimeProvider();
        var meter = new RateMeter(time, TimeSpan.FromSeconds(2));
        Assert.Equal(0, meter.Sample(1000));

        double rate = 0;
        for (int i = 1; i <= 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            rate = meter.Sample(1000 + (i * 50));
        }

        Assert.Equal(50, rate, 6);
        for (int i = 1; i <= 2; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            rate = meter.Sample(1500);
        }

        Assert.Equal(0, rate);
    }
}

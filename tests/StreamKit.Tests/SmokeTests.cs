using StreamKit.Windowing;

namespace StreamKit.Tests;

public class SmokeTests
{
    [Fact]
    public async Task TheTenLineProgramCounts()
    {
        DateTimeOffset t0 = DateTimeOffset.UnixEpoch.AddYears(40);
        (DateTimeOffset At, string[] Tags)[] tweets =
        [
            (t0, ["a", "b"]), (t0.AddSeconds(30), ["a"]), (t0.AddSeconds(59), ["c"]), (t0.AddSeconds(61), ["a"]),
            (t0.AddSeconds(58), ["a"]),
        ];
        List<WindowResult<string, long>> results = [];
        await foreach (var w in tweets
            .ToDataStream()
            .WithEventTime(t => t.At, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
            .SelectMany(t => t.Tags)
            .KeyBy(tag => tag)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .Count()
            .ReadAllAsync(TestContext.Current.CancellationToken))
        {
            results.Add(w);
        }

        Assert.Equal(
            ["a 3", "a 1", "b 1", "c 1"],
            results.OrderBy(w => w.Key).ThenBy(w => w.Window).Select(w => $"{w.Key} {w.Value}"));
    }
}

using StreamKit.Diagnostics;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>
/// An aggregator that cannot merge is an error of its window, for one key, and goes to the error policy.
/// </summary>
public class MergeFailureTests
{
    private static readonly (int Second, string Key)[] s_records =
        [(1, "full"), (1, "full"), (1, "fine"), (3, "full"), (3, "full"), (3, "fine"), (9, "end")];

    [Fact]
    public async Task UnderSkipTheOtherKeysOfAHoppingWindowSayTheirResult()
    {
        List<string> lines = [];
        StreamJob job = Start(ErrorPolicy.Skip, lines);
        await job.Completion;

        Assert.Contains("[0,4) fine 2", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("[0,4) full", StringComparison.Ordinal));
        Assert.Contains("[-2,2) full 2", lines);
        Assert.True(job.GetMetrics().Errors > 0);
    }

    [Fact]
    public async Task UnderFailTheJobNamesTheWindowAndTheKey()
    {
        StreamJob job = Start(ErrorPolicy.Fail, []);
        StreamException exception = await Assert.ThrowsAsync<StreamException>(() => job.Completion);

        Assert.Equal("lists", exception.Operator);
        Assert.Equal("full", exception.Key);
    }

    private static StreamJob Start(ErrorPolicy policy, List<string> lines)
    {
        StreamBuilder builder = StreamBuilder.Create("merge-failure");
        builder.From(s_records)
            .WithEventTime(r => Timestamp.FromUnixTimeSeconds(r.Second), Watermarks.Monotonic())
            .KeyBy(r => r.Key)
            .Window(TimeWindows.Hopping(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2)))
            .ToList(limit: 3)
            .Named("lists")
            .ForEach(w => lines.Add(Describe(w)));
        return builder.Build().Start(new JobOptions { OnError = policy, Parallelism = 1 });
    }

    private static string Describe(WindowResult<string, IReadOnlyList<(int Second, string Key)>> w) =>
        $"[{w.Window.StartTime.Ticks / TimeSpan.TicksPerSecond},{w.Window.EndTime.Ticks / TimeSpan.TicksPerSecond}) "
        + $"{w.Key} {w.Value.Count}";
}

using System.Collections.Concurrent;
using StreamKit.Diagnostics;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Spill.Tests;

/// <summary>Whole jobs whose state does not fit into memory.</summary>
public sealed class SpillingJobTests : IDisposable
{
    private const int Records = 40_000;
    private const int Keys = 5_000;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 100_000)]
    public async Task ResultsAreThoseOfAJobThatHasAllTheMemory(int lanes, long maxBytes)
    {
        List<string> expected = await RunAsync(new JobOptions { Parallelism = lanes });
        var limits = new StateLimits { MaxBytes = maxBytes, Spill = SpillFiles.In(_folder.Path) };
        List<string> actual = await RunAsync(new JobOptions { Parallelism = lanes, State = limits });

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.Equal(0, limits.UsedBytes);
        Assert.Empty(_folder.Content);
    }

    [Fact]
    public async Task AJobThatStaysWithinItsMemoryIsAsIfThereWereNoLimit()
    {
        List<string> expected = await RunAsync(new JobOptions { Parallelism = 1 });
        IStateSpill never = SpillFiles.In(Path.Combine(_folder.Path, "never"));
        var limits = new StateLimits { MaxBytes = 1L << 30, Spill = never };
        List<string> actual = await RunAsync(new JobOptions { Parallelism = 1, State = limits });

        // The two outputs are written side by side; each has its own order.
        Assert.Equal(expected.Where(IsHopping), actual.Where(IsHopping));
        Assert.Equal(expected.Where(r => !IsHopping(r)), actual.Where(r => !IsHopping(r)));
        Assert.Empty(_folder.Content);

        static bool IsHopping(string result) => result.StartsWith("hopping", StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextIsEstimatedSoThatItSpillsToo()
    {
        var most = 0L;
        var limits = new StateLimits { MaxBytes = 1_000_000, Spill = SpillFiles.In(_folder.Path) };
        StreamBuilder builder = StreamBuilder.Create("text");
        builder.From(Enumerable.Range(0, 10_000))
            .WithEventTime(_ => new Timestamp(1), Watermarks.Monotonic())
            .KeyBy(i => new string('k', 400) + i)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Count()
            .Select(result =>
            {
                // On the lane, while the window speaks: the source may be far ahead of what is spilled.
                most = Math.Max(most, _folder.Content.Length);
                return result;
            })
            .ForEach(_ => { });
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 1, State = limits });
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(most > 1, "ten thousand keys of eight hundred bytes are more than a megabyte");
    }

    [Fact]
    public async Task SpilledBytesAreCounted()
    {
        var limits = new StateLimits { MaxBytes = 0, Spill = SpillFiles.In(_folder.Path) };
        var started = new TaskCompletionSource<StreamJob>();
        var spilled = new ConcurrentQueue<long>();
        StreamBuilder builder = Pipeline("counted", _ => spilled.Enqueue(SpilledBy(started.Task.Result)));
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 1, State = limits });
        started.SetResult(job);
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Contains(spilled, bytes => bytes > 0);
        Assert.Equal(0, SpilledBy(job));

        static long SpilledBy(StreamJob job) => job.GetMetrics().Of("windows").Sum(o => o.SpilledBytes);
    }

    [Fact]
    public async Task ADirectoryThatCannotBeWrittenFailsTheJob()
    {
        string file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var limits = new StateLimits { MaxBytes = 0, Spill = SpillFiles.In(file) };
        StreamException failure = await Assert.ThrowsAsync<StreamException>(
            () => RunAsync(new JobOptions { Parallelism = 2, State = limits }));

        Assert.Contains("StateLimits.Spill", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, limits.UsedBytes);
    }

    [Fact]
    public async Task AJobWhoseDiskWasFullGoesOnFromItsCheckpoint()
    {
        List<string> expected = await RunAsync(new JobOptions { Parallelism = 2 });
        var spill = new FailingSpill(SpillFiles.In(Path.Combine(_folder.Path, "spilled")), failingSection: 1000);
        string checkpoints = Path.Combine(_folder.Path, "checkpoints");
        List<string> actual = await RunAsync(new JobOptions
        {
            Parallelism = 2,
            State = new StateLimits { MaxBytes = 0, Spill = spill },
            Checkpoints = Checkpoints.InDirectory(checkpoints, TimeSpan.FromMilliseconds(5)),
            Restart = RestartStrategy.Fixed(3, TimeSpan.Zero),
        });

        Assert.True(spill.HasFailed);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ATypeThatNothingCanWriteIsToldAtTheStart()
    {
        StreamBuilder builder = StreamBuilder.Create("unwritable");
        builder.From([1])
            .WithEventTime(_ => new Timestamp(1), Watermarks.Monotonic())
            .KeyBy(i => new Unwritable(i))
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Count()
            .ForEach(_ => { });
        StreamPipeline pipeline = builder.Build();
        var limits = new StateLimits { MaxBytes = 0, Spill = SpillFiles.In(_folder.Path) };
        Assert.Contains(
            nameof(Unwritable),
            Assert.Throws<PipelineException>(() => pipeline.Start(new JobOptions { State = limits })).Message,
            StringComparison.Ordinal);
    }

    private static async Task<List<string>> RunAsync(JobOptions options)
    {
        var results = new ConcurrentQueue<string>();
        await using StreamJob job = Pipeline("spilling", results.Enqueue).Build().Start(options);
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);
        return [.. results];
    }

    // Tumbling and overlapping windows over the same records.
    private static StreamBuilder Pipeline(string name, Action<string> take)
    {
        StreamBuilder builder = StreamBuilder.Create(name);
        KeyedStream<int, (int Key, long At)> keyed = builder
            .From(Enumerable.Range(0, Records).Select(i => (Key: (i * 7919) % Keys, At: (long)i)), "records")
            .WithEventTime(
                r => Timestamp.FromUnixTimeMilliseconds(r.At),
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromMilliseconds(50)))
            .Named("time")
            .KeyBy(r => r.Key);
        keyed.Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Aggregate(w => new { Count = w.Count(), Sum = w.Sum(r => r.At) })
            .Named("windows")
            .ForEach(w => take($"tumbling {w.Window} {w.Key} {w.Value.Count} {w.Value.Sum}"), "tumbling");
        keyed.Window(TimeWindows.Hopping(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)))
            .Max(r => r.At)
            .Named("hops")
            .ForEach(w => take($"hopping {w.Window} {w.Key} {w.Value}"), "hopping");
        return builder;
    }

    private sealed record Unwritable(int Value);
}

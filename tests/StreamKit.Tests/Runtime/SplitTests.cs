using StreamKit.Connectors;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

public class SplitTests
{
    [Fact]
    public async Task ThousandsOfSplitsAreReadToTheirEnds()
    {
        ScriptedSplit<At>[] splits = [.. Enumerable.Range(0, 2_000).Select(static i =>
            new ScriptedSplit<At>($"s{i}", [new At(i % 50, "a"), new At((i % 50) + 1, "b")]))];
        List<WindowResult<string, long>> results = await CountAsync(
            new ScriptedSource<At>(splits), new JobOptions { Parallelism = 2, BatchSize = 4 });

        Assert.Equal(4_000, results.Sum(static w => w.Value));
        Assert.All(splits, static split => Assert.Equal(1, split.Disposals));
    }

    [Fact]
    public async Task ASplitThatTheLastReadOfAnotherAddsIsNotLate()
    {
        SourceContext<At>? context = null;
        var second = new ScriptedSplit<At>("second", [new At(2, "b")], [new At(30, "b")]);
        var first = new ScriptedSplit<At>("first", [new At(1, "a")])
        {
            BeforeEnd = _ =>
            {
                context!.AddSplit(second);
                context.MoreSplitsMayCome = false;
                return Task.CompletedTask;
            },
        };
        List<WindowResult<string, long>> results = await CountAsync(new ScriptedSource<At>(first)
        {
            OnOpen = (given, _) =>
            {
                context = given;
                given.MoreSplitsMayCome = true;
                return Task.CompletedTask;
            },
        });

        Assert.Equal(3, results.Sum(static w => w.Value));
        Assert.Equal(1, second.Disposals);
    }

    [Fact]
    public async Task ASourceThatBeginsWithoutSplitsWaitsForThem()
    {
        SourceContext<At>? context = null;
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new ScriptedSource<At>
        {
            OnOpen = (given, _) =>
            {
                context = given;
                given.MoreSplitsMayCome = true;
                opened.SetResult();
                return Task.CompletedTask;
            },
        };
        Task<List<WindowResult<string, long>>> counting = CountAsync(source);
        await Eventually.WithinLimitAsync(opened.Task);
        Assert.Equal(("events", true), (context!.Name, context.MoreSplitsMayCome));
        context.AddSplit(new ScriptedSplit<At>("a", [new At(1, "a"), new At(2, "a")]));
        context.AddSplit(new ScriptedSplit<At>("b", [new At(1, "b")]));
        Assert.False(counting.IsCompleted);
        context.MoreSplitsMayCome = false;

        Assert.Equal(3, (await Eventually.WithinLimitAsync(counting)).Sum(static w => w.Value));
    }

    [Fact]
    public async Task SplitsThatEndWhileOthersMayComeDoNotEndEventTime()
    {
        SourceContext<At>? context = null;
        var sink = new ScriptedSink<WindowResult<string, long>>();
        StreamBuilder builder = StreamBuilder.Create("splits");
        DataStream<At> events = builder.From(
            new ScriptedSource<At>(new ScriptedSplit<At>("first", [new At(1, "a")]))
            {
                OnOpen = (given, _) =>
                {
                    context = given;
                    given.MoreSplitsMayCome = true;
                    return Task.CompletedTask;
                },
            },
            "events");
        Count(events).To(sink);
        await using StreamJob job = builder.Build().Start();
        await Eventually.TrueAsync(() => job.GetMetrics().Of("counts")
            .Sum(static o => o.RecordsIn) == 1, "the record is counted");
        context!.AddSplit(new ScriptedSplit<At>("second", [new At(2, "a")]));
        await Eventually.TrueAsync(() => job.GetMetrics().Of("counts")
            .Sum(static o => o.RecordsIn) == 2, "both are counted");
        Assert.Empty(sink.Records);
        context.MoreSplitsMayCome = false;
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(2, Assert.Single(sink.Records).Value);
    }

    [Fact]
    public async Task ASourceThatEndsAtOnceEndsTheJob()
    {
        Assert.Empty(await CountAsync(new ScriptedSource<At>()));
        Assert.Empty(
            await CountAsync(new ScriptedSource<At>(new ScriptedSplit<At>("empty"), new ScriptedSplit<At>("too", []))));
    }

    private static DataStream<WindowResult<string, long>> Count(DataStream<At> events) => events
        .WithEventTime(At.TimeOf, Watermarks.Monotonic())
        .KeyBy(static r => r.Key)
        .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(100)))
        .Count().Named("counts");

    private static async Task<List<WindowResult<string, long>>> CountAsync(
        ISource<At> source, JobOptions? options = null)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        StreamBuilder builder = StreamBuilder.Create("splits");
        return await Count(builder.From(source, "events")).ReadAllAsync(options ?? new JobOptions(), token)
            .ToListAsync(token);
    }
}

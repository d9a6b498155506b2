using System.Diagnostics.Metrics;
using System.Threading.Channels;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

public class JobTests
{
    private static readonly At[] s_events =
        [.. Enumerable.Range(0, 3_000).Select(static i => new At(i / 3, $"k{i * 7 % 31}"))];

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 4_096, 1)]
    [InlineData(3, 7, 1)]
    [InlineData(4, 1, 16)]
    [InlineData(8, 64, 2)]
    [InlineData(8, 4_096, 16)]
    public async Task TheAnswerDoesNotDependOnLanesBatchesOrChannels(int lanes, int batchSize, int capacity)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var options = new JobOptions { Parallelism = lanes, BatchSize = batchSize, ChannelCapacity = capacity };
        List<WindowResult<string, long>> results = await s_events.ToDataStream()
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static e => e.Key)
            .Window(TimeWindows.Hopping(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(25)))
            .Count()
            .ReadAllAsync(options, token).ToListAsync(token);

        Dictionary<(string, long), long> expected = [];
        foreach (At e in s_events)
        {
            for (long start = e.Second / 25 * 25; start > e.Second - 60; start -= 25)
            {
                expected[(e.Key, start)] = expected.GetValueOrDefault((e.Key, start)) + 1;
            }
        }

        Assert.Equal(
            expected.Select(static p => (p.Key.Item1, p.Key.Item2, p.Value)).Order(),
            results.Select(static w => (w.Key, w.Window.Start.ToUnixTimeSeconds(), w.Value)).Order());
    }

    [Fact]
    public async Task WindowsOverWindowsOnFourLanesAddUp()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<WindowResult<char, long>> results = await s_events.ToDataStream()
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Count()
            .KeyBy(static w => w.Key[^1])
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(100)))
            .Sum(static w => w.Value)
            .ReadAllAsync(new JobOptions { Parallelism = 4, BatchSize = 32 }, token).ToListAsync(token);

        Assert.Equal(
            s_events.CountBy(static e => (e.Key[^1], e.Second / 100))
                .Select(static p => (p.Key.Item1, p.Key.Item2, (long)p.Value)).Order(),
            results.Select(static w => (w.Key, (int)(w.Window.Start.ToUnixTimeSeconds() / 100), w.Value)).Order());
        Assert.All(results, static w => Assert.Equal(PaneTiming.OnTime, w.Pane.Timing));
    }

    [Fact]
    public async Task WindowsOverAllGatherWhatTheLanesMade()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<WindowResult<StreamKit.Records.Unit, long>> results = await s_events.ToDataStream()
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Count()
            .WindowAll(TimeWindows.Tumbling(TimeSpan.FromSeconds(100)))
            .Sum(static w => w.Value)
            .ReadAllAsync(new JobOptions { Parallelism = 4 }, token).ToListAsync(token);

        Assert.Equal(Enumerable.Repeat(300L, 10), results.Select(static w => w.Value));
    }

    [Fact]
    public async Task EveryUseOfAStreamSeesEveryRecord()
    {
        var all = new ScriptedSink<At>();
        var even = new ScriptedSink<int>();
        var counts = new ScriptedSink<WindowResult<string, long>>();
        StreamBuilder builder = StreamBuilder.Create("outputs");
        DataStream<At> events = builder.From(s_events).WithEventTime(At.TimeOf, Watermarks.Monotonic());
        events.To(all).Where(static e => e.Second % 2 == 0).Select(static e => e.Second).To(even);
        events.KeyBy(static e => e.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(100))).Count().To(counts);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 100, ChannelCapacity = 1 });
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(s_events, all.Records);
        Assert.Equal(s_events.Select(static e => e.Second).Where(static s => s % 2 == 0), even.Records);
        Assert.Equal(s_events.Length, counts.Records.Sum(static w => w.Value));
        Assert.InRange(all.Flushes, 1, int.MaxValue);
    }

    [Fact]
    public async Task ASlowSinkSlowsTheSource()
    {
        int read = 0;
        using var turn = new SemaphoreSlim(0);
        var sink = new ScriptedSink<int> { OnWrite = turn.WaitAsync };
        StreamBuilder builder = StreamBuilder.Create("slow");
        builder.From(Numbers()).Select(static x => x).To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 10, ChannelCapacity = 2 });

        // One batch in the sink, two in its channel, one refused, one being read: five, whatever the source could give.
        await Eventually.TrueAsync(() => Volatile.Read(ref read) >= 40, "the channels are full");
        for (int written = 10; written < 500; written += 10)
        {
            turn.Release();
            await Eventually.TrueAsync(() => sink.Records.Count >= written, "the sink went on");
            Assert.InRange(Volatile.Read(ref read), written, written + 60);
        }

        await job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken);

        IEnumerable<int> Numbers()
        {
            for (int i = 0; i < 1_000_000; i++)
            {
                Volatile.Write(ref read, i + 1);
                yield return i;
            }
        }
    }

    [Fact]
    public async Task AnExpansionIsNotHeldInMemoryBeforeASlowSink()
    {
        int made = 0;
        using var turn = new SemaphoreSlim(0);
        var sink = new ScriptedSink<int> { OnWrite = turn.WaitAsync };
        StreamBuilder builder = StreamBuilder.Create("expanding");
        builder.From([1_000_000]).SelectMany(Expand).To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 10, ChannelCapacity = 1 });
        await Eventually.TrueAsync(() => Volatile.Read(ref made) >= 30, "the channels are full");
        turn.Release();
        await Eventually.TrueAsync(() => sink.Records.Count == 10, "the sink went on");
        Assert.InRange(Volatile.Read(ref made), 20, 60);
        await job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken);

        IEnumerable<int> Expand(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Volatile.Write(ref made, i + 1);
                yield return i;
            }
        }
    }

    [Fact]
    public async Task AFiringOfManyKeysIsNotHeldInMemoryBeforeASlowSink()
    {
        using var turn = new SemaphoreSlim(0);
        var sink = new ScriptedSink<WindowResult<int, long>> { OnWrite = turn.WaitAsync };
        StreamBuilder builder = StreamBuilder.Create("firing");
        builder.From(Enumerable.Range(0, 20_000))
            .WithEventTime(static _ => new Timestamp(1), Watermarks.Monotonic())
            .KeyBy(static x => x)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Count().Named("counts")
            .To(sink);
        await using StreamJob job = builder.Build()
            .Start(new JobOptions { Parallelism = 1, BatchSize = 10, ChannelCapacity = 1 });
        await Eventually.TrueAsync(() => job.GetMetrics().Of("counts").Single().RecordsOut >= 30, "the window fires");
        turn.Release();
        await Eventually.TrueAsync(() => sink.Records.Count == 10, "the sink went on");
        Assert.InRange(job.GetMetrics().Of("counts").Single().RecordsOut, 20, 60);
        turn.Release(10_000);
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(20_000, sink.Records.Select(static w => w.Key).Distinct().Count());
        Assert.Equal(20_000, sink.Records.Count);
    }

    [Fact]
    public async Task MetricsAddUp()
    {
        StreamBuilder builder = StreamBuilder.Create("metrics");
        DataStream<WindowResult<string, long>> counts = builder.From(s_events, "events")
            .WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time")
            .Where(static e => e.Second % 2 == 0).Named("even")
            .KeyBy(static e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(100)))
            .Count().Named("counts");
        counts.To(new ScriptedSink<WindowResult<string, long>>(), "out");
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 3 });
        await Eventually.WithinLimitAsync(job.Completion);
        JobMetrics metrics = job.GetMetrics();

        Assert.Equal("metrics", metrics.Job);
        Assert.Equal(3_000, metrics.Of("events").Single().RecordsOut);
        Assert.Equal((3_000, 3_000), (metrics.Of("time").Single().RecordsIn, metrics.Of("time").Single().RecordsOut));
        Assert.Equal((3_000, 1_500), (metrics.Of("even").Single().RecordsIn, metrics.Of("even").Single().RecordsOut));
        Assert.Equal([0, 1, 2], metrics.Of("counts").Select(static o => o.Subtask).Order());
        Assert.Equal(1_500, metrics.Of("counts").Sum(static o => o.RecordsIn));
        long results = metrics.Of("counts").Sum(static o => o.RecordsOut);
        Assert.Equal((results, results), (metrics.Of("out").Single().RecordsIn, metrics.Of("out").Single().RecordsOut));
        Assert.All(
            metrics.Of("counts"), static o =>
                Assert.Equal((Timestamp.MaxValue, 0, 0), (o.Watermark, o.OpenWindows, o.Keys)));
        Assert.Equal((0, 0), (metrics.LateRecords, metrics.Errors));
    }

    [Fact]
    public async Task TheMeterShowsAJobWhileItRuns()
    {
        string name = $"meter-{Guid.NewGuid()}";
        Channel<At> input = Channel.CreateUnbounded<At>();
        StreamBuilder builder = StreamBuilder.Create(name);
        builder.From(input.Reader, "events").WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time")
            .To(new ScriptedSink<At>());
        await using StreamJob job = builder.Build().Start();
        input.Writer.TryWrite(new At(7, "a"));
        await Eventually.TrueAsync(
            () => Read(name)
                .GetValueOrDefault(("streamkit.operator.watermark", "time")) == 7, "the meter shows the watermark");
        Assert.Equal(1, Read(name)[("streamkit.operator.records_out", "events")]);
        input.Writer.Complete();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Empty(Read(name));
    }

    [Fact]
    public void OptionsThatMakeNoSenseAreRefusedWhenTheJobIsStarted()
    {
        StreamBuilder builder = StreamBuilder.Create("options");
        builder.From([1]).To(new ScriptedSink<int>());
        StreamPipeline pipeline = builder.Build();
        foreach (JobOptions options in (JobOptions[])
            [
                new() { Parallelism = 0 }, new() { Parallelism = 129 }, new() { BatchSize = 0 }, new() { BatchSize =
                    65_537 },
                new() { ChannelCapacity = 0 }, new() { ChannelCapacity = -1 },
            ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Start(options));
        }

        Assert.Throws<ArgumentNullException>(() => pipeline.Start(new JobOptions { Clock = null! }));
        Assert.Throws<ArgumentNullException>(() => pipeline.Start(new JobOptions { OnError = null! }));
        Assert.Throws<ArgumentNullException>(() => pipeline.Start(new JobOptions { Loggers = null! }));
    }

    [Fact]
    public async Task AJobTellsTheLogWhenItStartsAndEnds()
    {
        var loggers = new RecordingLoggers();
        StreamBuilder builder = StreamBuilder.Create("logged");
        builder.From([1]).To(new ScriptedSink<int>());
        await using StreamJob job = builder.Build().Start(new JobOptions { Loggers = loggers });
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Contains(
            loggers.Lines, static line => line.Text.StartsWith("Job 'logged' started", StringComparison.Ordinal));
        Assert.Contains(loggers.Lines, static line => line.Text == "Job 'logged' ended");
    }

    private static Dictionary<(string Instrument, string Operator), double> Read(string job)
    {
        Dictionary<(string, string), double> seen = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listening) =>
        {
            if (instrument.Meter.Name == "StreamKit")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;

        void Keep(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, object?> byName = new(tags.ToArray());
            if ((string?)byName["pipeline"] == job)
            {
                seen[(instrument, (string)byName["operator"]!)] = value;
            }
        }
    }
}

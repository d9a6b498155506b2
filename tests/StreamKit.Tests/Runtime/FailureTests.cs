using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Time;

namespace StreamKit.Tests.Runtime;

/// <summary>A job that fails says where and why, closes everything, and never ends as if it had succeeded.</summary>
public class FailureTests
{
    private static readonly At[] s_records = [.. Enumerable.Range(0, 50).Select(static i => new At(i, $"k{i % 5}"))];

    [Fact]
    public async Task ASourceThatCannotBeOpenedFailsTheJobByName()
    {
        var sink = new ScriptedSink<int>();
        StreamException error = await FailAsync(
            new ScriptedSource<int> { OnOpen = static (_, _) => throw new IOException("no such file") }, sink);

        Assert.Equal("the-source", error.Operator);
        Assert.IsType<IOException>(error.InnerException);
        Assert.Equal(1, sink.Disposals);
    }

    [Fact]
    public async Task ASplitThatCannotBeReadFailsTheJobAndEverySplitIsClosed()
    {
        var good = new ScriptedSplit<int>("good", [1]);
        var bad = new ScriptedSplit<int>("bad", [2]) { BeforeEnd = static _ => throw new IOException("torn") };
        StreamException error = await FailAsync(new ScriptedSource<int>(good, bad), new ScriptedSink<int>());

        Assert.Equal("torn", error.InnerException!.Message);
        Assert.Equal((1, 1), (good.Disposals, bad.Disposals));
    }

    [Fact]
    public async Task ASplitThatCannotBeClosedFailsTheJobByNameAndTheOthersAreClosed()
    {
        ScriptedSplit<int>[] splits =
        [
            new("a", [1]) { BeforeEnd = static _ => throw new IOException("first") },
            new("b", [1]) { OnDispose = static () => throw new IOException("second"), BeforeEnd = Forever },
            new("c", [1]) { BeforeEnd = Forever },
        ];
        StreamException error = await FailAsync(new ScriptedSource<int>(splits), new ScriptedSink<int>());

        Assert.Equal("first", error.InnerException!.Message);
        Assert.All(splits, static split => Assert.Equal(1, split.Disposals));

        StreamException alone = await FailAsync(
            new ScriptedSource<int>(
                new ScriptedSplit<int>("x", [1]) { OnDispose = static () => throw new IOException("closing") }),
            new ScriptedSink<int>());
        Assert.Equal(("the-source", "closing"), (alone.Operator, alone.InnerException!.Message));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("write")]
    [InlineData("flush")]
    [InlineData("dispose")]
    public async Task ASinkThatFailsAtAnyMomentFailsTheJobByName(string moment)
    {
        static void Fail(bool fails)
        {
            if (fails)
            {
                throw new IOException("disk full");
            }
        }

        var sink = new ScriptedSink<int>
        {
            OnOpen = () =>
            {
                Fail(moment == "open");
                return Task.CompletedTask;
            },
            OnWrite = _ =>
            {
                Fail(moment == "write");
                return Task.CompletedTask;
            },
            OnFlush = () => Fail(moment == "flush"),
            OnDispose = () => Fail(moment == "dispose"),
        };
        var split = new ScriptedSplit<int>("s", [1, 2], [3]);
        StreamException error = await FailAsync(new ScriptedSource<int>(split), sink);

        Assert.Equal(("the-sink", "disk full"), (error.Operator, error.InnerException!.Message));
        Assert.Equal(moment == "open" ? 0 : 1, sink.Disposals);
        Assert.Equal(1, split.Disposals);
    }

    [Fact]
    public async Task ACancellationThatNobodyAskedForIsAFailure()
    {
        StreamException bySink = await FailAsync(
            new ScriptedSource<int>(new ScriptedSplit<int>("s", [1])),
            new ScriptedSink<int> { OnWrite = static _ => throw new TaskCanceledException("the request timed out") });
        StreamException bySource = await FailAsync(
            new ScriptedSource<int>(
                new ScriptedSplit<int>(
                    "s", [1])
                { BeforeEnd = static _ => throw new OperationCanceledException("timed out") }),
            new ScriptedSink<int>());

        Assert.Equal("the-sink", bySink.Operator);
        Assert.Equal("the-source", bySource.Operator);
    }

    [Fact]
    public async Task TheFirstFailureIsTheOneThatIsToldAndTheOthersAreLogged()
    {
        var loggers = new RecordingLoggers();
        var sink = new ScriptedSink<int>
        {
            OnWrite = static _ => throw new IOException("first"),
            OnDispose = static () => throw new IOException("second"),
        };
        StreamException error = await FailAsync(
            new ScriptedSource<int>(new ScriptedSplit<int>("s", [1])), sink, new JobOptions { Loggers = loggers });

        Assert.Equal("first", error.InnerException!.Message);
        Assert.Contains(
            loggers.Lines, static line =>
                line.Text.Contains("'the-sink' failed while it was closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADelegateThatFailsIsNamedWithEventTime()
    {
        StreamException error = await Assert.ThrowsAsync<StreamException>(async () => await s_records.ToDataStream()
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .Where(static r => r.Second == 17 ? throw new FormatException("odd") : true).Named("odd-ones")
            .ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("odd-ones", error.Operator);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(17), error.EventTime);
        Assert.Contains("odd-ones", error.Message, StringComparison.Ordinal);
        Assert.Contains("1970-01-01T00:00:17", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAggregateThatFailsIsNamedWithKeyAndEventTime()
    {
        StreamException error = await Assert.ThrowsAsync<StreamException>(async () => await s_records.ToDataStream()
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Sum(static r => r.Second == 23 ? throw new FormatException("odd") : 1L).Named("sums")
            .ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("sums", "k3"), (error.Operator, error.Key));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(23), error.EventTime);
    }

    [Fact]
    public async Task AFailureBehindAWindowNamesTheOperatorBehindIt()
    {
        StreamException error = await Assert.ThrowsAsync<StreamException>(async () => await s_records.ToDataStream()
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Count().Named("counts")
            .Select(static w => w.Key == "k2" ? throw new FormatException("odd") : w.Value).Named("after")
            .ReadAllAsync(new JobOptions { BatchSize = 1 }, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("after", error.Operator);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public async Task SkippedRecordsAreCountedAndLogged()
    {
        var loggers = new RecordingLoggers();
        var sink = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("skipping");
        builder.From(Enumerable.Range(0, 100))
            .Select(static x => x % 10 == 0 ? throw new FormatException($"{x}") : x).Named("parse")
            .To(sink);
        await using StreamJob job = builder.Build()
            .Start(new JobOptions { OnError = ErrorPolicy.Skip, Loggers = loggers, BatchSize = 7 });
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(Enumerable.Range(0, 100).Where(static x => x % 10 != 0), sink.Records);
        Assert.Equal(10, job.GetMetrics().Errors);
        Assert.Equal(10, job.GetMetrics().Of("parse").Single().Errors);
        Assert.Equal(10, loggers.Lines.Count(static line =>
            line.Level == Microsoft.Extensions.Logging.LogLevel.Warning
                && line.Text.Contains("'parse'", StringComparison.Ordinal)));
        Assert.Equal(0, sink.EmptyWrites);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task EveryDeadLetterArrivesInOrderEvenWhenThousandsFail(int batchSize)
    {
        var letters = new ScriptedSink<DeadLetter>();
        var sink = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("dead");
        builder.From(Enumerable.Range(0, 5_000))
            .WithEventTime(static x => Timestamp.FromUnixTimeSeconds(x), Watermarks.Monotonic())
            .Select(static x => x % 2 == 0 ? throw new FormatException($"{x}") : x).Named("parse")
            .To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            OnError = ErrorPolicy.DeadLetter(letters),
            BatchSize = batchSize,
            ChannelCapacity = 1,
        });
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(
            Enumerable.Range(0, 2_500).Select(static x => x * 2), letters.Records.Select(static l => (int)l.Record!));
        Assert.Equal(Enumerable.Range(0, 2_500).Select(static x => (x * 2) + 1), sink.Records);
        DeadLetter fourth = letters.Records[2];
        Assert.Equal(("parse", "4"), (fourth.Operator, fourth.Exception.Message));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(4), fourth.EventTime);
        Assert.Equal(1, letters.Disposals);
    }

    [Fact]
    public async Task WhatASourceCannotReadIsADeadLetterWithItsPlaceAndBytes()
    {
        SourceContext<int>? context = null;
        var split = new ScriptedSplit<int>("file.csv", [1])
        {
            BeforeEnd = _ =>
            {
                context!.Report(
                    new BadRecord("file.csv", "line 7", new byte[] { 1, 2, 3 }, new FormatException("torn")));
                return Task.CompletedTask;
            },
        };
        var source = new ScriptedSource<int>(split)
        {
            OnOpen = (given, _) =>
            {
                context = given;
                return Task.CompletedTask;
            },
        };
        var letters = new ScriptedSink<DeadLetter>();
        StreamBuilder builder = StreamBuilder.Create("dead");
        builder.From(source, "csv").To(new ScriptedSink<int>());
        await using StreamJob job = builder.Build().Start(new JobOptions { OnError = ErrorPolicy.DeadLetter(letters) });
        await Eventually.WithinLimitAsync(job.Completion);

        DeadLetter letter = Assert.Single(letters.Records);
        Assert.Equal(
            ("csv", "file.csv", "line 7", null), (letter.Operator, letter.Split, letter.Position, letter.Record));
        Assert.Equal([1, 2, 3], letter.Bytes.ToArray());
        Assert.Equal(1, job.GetMetrics().Errors);
    }

    [Fact]
    public async Task ADeadLetterThatCannotBeWrittenStopsTheJob()
    {
        StreamBuilder builder = StreamBuilder.Create("dead");
        builder.From(Enumerable.Range(0, 10)).Where(static x => x < 5 ? true : throw new FormatException())
            .To(new ScriptedSink<int>());
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            OnError =
                ErrorPolicy.DeadLetter(
                    new ScriptedSink<DeadLetter> { OnWrite = static _ => throw new IOException("full") }),
        });

        StreamException error =
            await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(job.Completion));
        Assert.Equal("dead-letters", error.Operator);
    }

    private static Task Forever(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    private static async Task<StreamException> FailAsync(
        ISource<int> source, ISink<int> sink, JobOptions? options = null)
    {
        StreamBuilder builder = StreamBuilder.Create("failing");
        builder.From(source, "the-source").To(sink, "the-sink");
        await using StreamJob job = builder.Build().Start(options);
        return await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(job.Completion));
    }
}

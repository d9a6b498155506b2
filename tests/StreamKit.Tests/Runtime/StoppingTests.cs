using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

public class StoppingTests
{
    [Fact]
    public async Task ADrainEmitsTheOpenWindowsAndCompletes()
    {
        (StreamJob job, Channel<At> input, ScriptedSink<WindowResult<string, long>> sink) = StartCounting();
        await using (job)
        {
            await WriteAsync(job, input, 20);
            Assert.Empty(sink.Records);
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken));

            Assert.Equal(20, sink.Records.Sum(static w => w.Value));
            Assert.True(job.Completion.IsCompletedSuccessfully);
            Assert.Equal(1, sink.Disposals);
        }
    }

    [Fact]
    public async Task ADrainAsksReadersForWhatTheyHoldUntilThatIsNothing()
    {
        var source = new HoldingSource(held: 10);
        var sink = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("held");
        builder.From(source, "held").To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 4 });
        await Eventually.WithinLimitAsync(source.IsRead);
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken));

        Assert.Equal(Enumerable.Range(0, 10), sink.Records);
        Assert.Equal(4, source.Drains);
    }

    [Fact]
    public async Task AnAbortAsksReadersForNothing()
    {
        var source = new HoldingSource(held: 10);
        var sink = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("held");
        builder.From(source, "held").To(sink);
        await using StreamJob job = builder.Build().Start();
        await Eventually.WithinLimitAsync(source.IsRead);
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken));

        Assert.Empty(sink.Records);
        Assert.Equal(0, source.Drains);
    }

    [Fact]
    public async Task AnAbortEmitsNothingFurtherAndCompletes()
    {
        (StreamJob job, Channel<At> input, ScriptedSink<WindowResult<string, long>> sink) = StartCounting();
        await using (job)
        {
            await WriteAsync(job, input, 20);
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken));

            Assert.Empty(sink.Records);
            Assert.True(job.Completion.IsCompletedSuccessfully);
            Assert.Equal(1, sink.Disposals);
        }
    }

    [Fact]
    public async Task DisposingAJobThatRunsAbortsIt()
    {
        (StreamJob job, Channel<At> input, ScriptedSink<WindowResult<string, long>> sink) = StartCounting();
        await WriteAsync(job, input, 5);
        await Eventually.WithinLimitAsync(job.DisposeAsync().AsTask());
        await Eventually.WithinLimitAsync(job.DisposeAsync().AsTask());

        Assert.Empty(sink.Records);
        Assert.True(job.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task ADrainThatTakesTooLongCanBeAborted()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new ScriptedSink<int>
        {
            OnWrite = async cancellationToken =>
            {
                entered.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
        };
        StreamBuilder builder = StreamBuilder.Create("stuck");
        builder.From(Enumerable.Range(0, 10)).To(sink);
        await using StreamJob job = builder.Build().Start();
        await Eventually.WithinLimitAsync(entered.Task);
        using var patience = new CancellationTokenSource();
        Task draining = job.StopAsync(StopMode.Drain, patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draining);
        Assert.False(job.Completion.IsCompleted);
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StoppingAJobThatHasEndedDoesNothingAndAFailedOneTellsItsFailure()
    {
        StreamBuilder builder = StreamBuilder.Create("short");
        builder.From([1, 2, 3]).To(new ScriptedSink<int>());
        await using StreamJob job = builder.Build().Start();
        await Eventually.WithinLimitAsync(job.Completion);
        await job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken);
        await job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken);

        StreamBuilder failing = StreamBuilder.Create("failing");
        failing.From([1]).ForEach(static _ => throw new FormatException());
        await using StreamJob failed = failing.Build().Start();
        await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(failed.Completion));
        await Assert.ThrowsAsync<StreamException>(() =>
            failed.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ASourceThatIsDrainedWhileItOpensEndsWithoutARecord()
    {
        var opening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new ScriptedSource<int>
        {
            OnOpen = async (_, cancellationToken) =>
            {
                opening.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
        };
        var sink = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("opening");
        builder.From([1, 2, 3], "open").Merge(builder.From(source)).To(sink);
        await using StreamJob job = builder.Build().Start();
        await Eventually.WithinLimitAsync(opening.Task);
        await Eventually.TrueAsync(() => job.GetMetrics().Of("open").Single().RecordsOut == 3, "the open one was read");
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken));

        Assert.Equal([1, 2, 3], sink.Records);
    }

    [Fact]
    public async Task WhatAReadHadTakenWhenItWasCancelledIsNotLost()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("half-read");
        builder.From(new ScriptedSource<int>(new HalfReader(waiting), new HalfReader(waiting))).To(sink);
        await using StreamJob job = builder.Build().Start();
        await Eventually.WithinLimitAsync(waiting.Task);
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken));

        Assert.Equal([1, 1, 2, 2], sink.Records.Order());
    }

    [Fact]
    public async Task LeavingAnEnumerationEarlyAbortsItsJob()
    {
        var split = new ScriptedSplit<int>("s", [1, 2, 3])
        {
            BeforeEnd = static cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken),
        };
        StreamBuilder builder = StreamBuilder.Create("left");
        await foreach (
            int first in builder.From(new ScriptedSource<int>(split))
                .ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(1, first);
            break;
        }

        Assert.Equal(1, split.Disposals);
    }

    [Fact]
    public async Task ACancelledEnumerationThrowsAndAbortsItsJob()
    {
        var split = new ScriptedSplit<int>("s", [1])
        {
            BeforeEnd = static cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken),
        };
        using var cancel = new CancellationTokenSource();
        StreamBuilder builder = StreamBuilder.Create("cancelled");
        DataStream<int> stream = builder.From(new ScriptedSource<int>(split));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                int _ in stream.ReadAllAsync(TestContext.Current.CancellationToken).WithCancellation(cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });

        Assert.Equal(1, split.Disposals);
    }

    [Fact]
    public async Task AStreamCanBeEnumeratedAgainAndEachRunStandsAlone()
    {
        DataStream<int> stream = Enumerable.Range(0, 100).ToDataStream().Select(static x => x + 1);
        CancellationToken token = TestContext.Current.CancellationToken;

        Assert.Equal(Enumerable.Range(1, 100), await stream.ReadAllAsync(token).ToListAsync(token));
        DataStream<int> further = stream.Where(static x => x > 50);
        Assert.Equal(Enumerable.Range(51, 50), await further.ReadAllAsync(token).ToListAsync(token));
        Assert.Equal(Enumerable.Range(1, 100), await stream.ReadAllAsync(token).ToListAsync(token));
    }

    [Fact]
    public async Task TwoEnumerationsAtTheSameTimeDoNotMeet()
    {
        DataStream<int> stream = Enumerable.Range(0, 5_000).ToDataStream();
        CancellationToken token = TestContext.Current.CancellationToken;
        await using IAsyncEnumerator<int> one = stream.ReadAllAsync(token).GetAsyncEnumerator(token);
        Assert.True(await one.MoveNextAsync());
        await using IAsyncEnumerator<int> other = stream.ReadAllAsync(token).GetAsyncEnumerator(token);

        for (int i = 0; i < 5_000; i++)
        {
            Assert.True(await other.MoveNextAsync());
            Assert.Equal(i, one.Current);
            Assert.Equal(i, other.Current);
            Assert.Equal(i < 4_999, await one.MoveNextAsync());
        }

        Assert.False(await other.MoveNextAsync());
    }

    private static (StreamJob Job, Channel<At> Input, ScriptedSink<WindowResult<string, long>> Sink) StartCounting()
    {
        Channel<At> input = Channel.CreateUnbounded<At>();
        var sink = new ScriptedSink<WindowResult<string, long>>();
        StreamBuilder builder = StreamBuilder.Create("counting");
        builder.From(input.Reader)
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .Count().Named("counts")
            .To(sink);
        return (builder.Build().Start(new JobOptions { Parallelism = 2 }), input, sink);
    }

    private static async Task WriteAsync(StreamJob job, Channel<At> input, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.True(input.Writer.TryWrite(new At(i, $"k{i % 3}")));
        }

        await Eventually.TrueAsync(
            () => job.GetMetrics().Of("counts")
                .Sum(static o => o.RecordsIn) == count, "all records are in their windows");
    }

    /// <summary>Takes one record at once and one when it is cancelled, then says that it was cancelled.</summary>
    private sealed class HalfReader(TaskCompletionSource waiting) : ISplitReader<int>
    {
        public string Split => "half";

        public string? Position => null;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public async ValueTask<bool> ReadAsync(RecordBuffer<int> buffer, CancellationToken cancellationToken)
        {
            buffer.Add(1);
            waiting.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                buffer.Add(2);
            }

            return true;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

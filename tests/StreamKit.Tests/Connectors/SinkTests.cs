using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Tests.Runtime;

namespace StreamKit.Tests.Connectors;

public class SinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AChannelGetsEveryRecordInOrderAndIsCompleted()
    {
        Channel<int> channel = Channel.CreateBounded<int>(3);
        StreamBuilder builder = StreamBuilder.Create("channel");
        builder.From(Enumerable.Range(0, 1_000)).To(channel.Writer);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 50 });

        Assert.Equal(Enumerable.Range(0, 1_000), await channel.Reader.ReadAllAsync(Token).ToListAsync(Token));
        await job.Completion;
    }

    [Fact]
    public async Task AFullChannelSlowsTheSource()
    {
        Channel<int> channel = Channel.CreateBounded<int>(3);
        StreamBuilder builder = StreamBuilder.Create("channel");
        builder.From(Forever(), "numbers").To(channel.Writer);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 10, ChannelCapacity = 1 });
        await Eventually.TrueAsync(() => job.GetMetrics().Of("numbers").Single()
            .RecordsOut >= 30, "the channel is full");
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal(i, await channel.Reader.ReadAsync(Token));
            Assert.InRange(job.GetMetrics().Of("numbers").Single().RecordsOut, i, i + 80);
        }

        static IEnumerable<int> Forever()
        {
            for (int i = 0; ; i++)
            {
                yield return i;
            }
        }
    }

    [Fact]
    public async Task WhatWaitsForASubtaskIsShownAtTheFirstOperatorOfItsChain()
    {
        Channel<int> channel = Channel.CreateBounded<int>(1);
        StreamBuilder builder = StreamBuilder.Create("channel");
        builder.From(Enumerable.Range(0, 1_000)).Merge(builder.From(Enumerable.Range(0, 1_000)))
            .Where(static _ => true).Named("first").Select(static i => i).Named("second").To(channel.Writer);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 10, ChannelCapacity = 2 });
        await Eventually.TrueAsync(
            () => job.GetMetrics().Of("first").Single().QueueDepth > 1, "batches wait for the merged stream");

        Assert.Equal(0, job.GetMetrics().Of("second").Single().QueueDepth);
    }

    [Fact]
    public async Task AChannelOfAJobThatFailsIsCompletedWithItsFailure()
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        StreamBuilder builder = StreamBuilder.Create("channel");
        builder.From(Enumerable.Range(0, 10)).Select(static i => i < 5 ? i : throw new IOException("torn"))
            .Named("reading").To(channel.Writer);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 1 });
        StreamException told = await Assert.ThrowsAsync<StreamException>(
            async () => await channel.Reader.ReadAllAsync(Token).ToListAsync(Token));
        StreamException failure =
            await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(job.Completion));

        Assert.Same(failure, told);
        Assert.Equal("reading", failure.Operator);
    }

    [Fact]
    public async Task AChannelThatSomebodyElseCompletesFailsTheJob()
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        channel.Writer.Complete();
        StreamBuilder builder = StreamBuilder.Create("channel");
        builder.From([1]).To(channel.Writer, "out");
        await using StreamJob job = builder.Build().Start();
        StreamException error =
            await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(job.Completion));
        Assert.Equal("out", error.Operator);
    }

    [Fact]
    public async Task TextIsALinePerRecord()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        StreamBuilder builder = StreamBuilder.Create("text");
        DataStream<int?> numbers = builder.From((int?[])[1, null, 3]);
        numbers.To(Sinks.Text<int?>(writer));
        await using StreamJob job = builder.Build().Start();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal("1\n\n3\n", writer.ToString());

        Assert.Throws<ArgumentNullException>(static () => Sinks.Text<int>(null!));
        Assert.Throws<ArgumentNullException>(static () => Sinks.ForEach<int>(null!));
    }

    [Fact]
    public async Task ADelegateIsCalledForOneRecordAtATime()
    {
        int inside = 0;
        List<int> seen = [];
        StreamBuilder builder = StreamBuilder.Create("delegate");
        builder.From(Enumerable.Range(0, 200)).To(Sinks.ForEach<int>(async (record, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            seen.Add(record);
            Interlocked.Decrement(ref inside);
        }));
        await using StreamJob job = builder.Build().Start();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(Enumerable.Range(0, 200), seen);
    }

    [Fact]
    public void EveryRecordOfABatchHasOneTimestamp()
    {
        var batch = new SinkBatch<int>(new[] { 1, 2 }, new[] { 10L, 20L });
        Assert.Equal((2, 20), (batch.Count, batch.TimestampOf(1).Ticks));
        Assert.Throws<ArgumentException>(static () => new SinkBatch<int>(new[] { 1 }, new[] { 1L, 2L }));
    }
}

using System.Threading.Channels;
using StreamKit.Connectors;

namespace StreamKit.Twitter.Tests;

/// <summary>A replay that keeps the intervals of the recording, on a clock that the test moves.</summary>
public sealed class ReplayPacingTests : IDisposable
{
    private readonly ReplayFolder _folder = new();
    private readonly ReplayClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task InRealTimeAPostGoesWhenItsDistanceFromTheFirstHasPassed()
    {
        (StreamJob job, ChannelReader<long> ids) = Start(ReplaySpeed.RealTime, 0, 1.5, 4);
        await using (job)
        {
            Assert.Equal(1, await NextAsync(ids));
            Assert.Equal(1.5, await _clock.NextWaitAsync());
            _clock.Advance(TimeSpan.FromSeconds(1.499));
            Assert.False(ids.TryRead(out _));
            _clock.Advance(TimeSpan.FromSeconds(0.001));
            Assert.Equal(2, await NextAsync(ids));
            Assert.Equal(2.5, await _clock.NextWaitAsync());
            _clock.Advance(TimeSpan.FromSeconds(2.5));
            Assert.Equal(3, await NextAsync(ids));
            await EndAsync(job);
        }
    }

    [Theory, InlineData(10, 6), InlineData(0.5, 120), InlineData(60_000, 0.001)]
    public async Task AFactorDividesTheIntervals(double factor, double wait)
    {
        (StreamJob job, ChannelReader<long> ids) = Start(ReplaySpeed.Times(factor), 0, 60);
        await using (job)
        {
            Assert.Equal(1, await NextAsync(ids));
            Assert.Equal(wait, await _clock.NextWaitAsync());
            _clock.Advance(TimeSpan.FromSeconds(wait));
            Assert.Equal(2, await NextAsync(ids));
            await EndAsync(job);
        }
    }

    [Fact]
    public async Task PostsThatAreThereGoBeforeTheWaitBeginsAndOutOfOrderOnesWaitForNothing()
    {
        (StreamJob job, ChannelReader<long> ids) = Start(ReplaySpeed.RealTime, 0, 0, -30, 10, 5, -1, 12);
        await using (job)
        {
            Assert.Equal((long[])[1, 2, 3], await TakeAsync(ids, 3));
            Assert.Equal(10, await _clock.NextWaitAsync());
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal((long[])[4, 5, 6], await TakeAsync(ids, 3));
            Assert.Equal(2, await _clock.NextWaitAsync());
            Assert.False(ids.TryRead(out _));
            _clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(7, await NextAsync(ids));
            await EndAsync(job);
        }
    }

    [Fact]
    public async Task WhatWasDueWhileNobodyListenedGoesAtOnce()
    {
        (StreamJob job, ChannelReader<long> ids) = Start(ReplaySpeed.RealTime, 0, 1, 2, 3, 100);
        await using (job)
        {
            Assert.Equal(1, await NextAsync(ids));
            Assert.Equal(1, await _clock.NextWaitAsync());
            _clock.Advance(TimeSpan.FromSeconds(50));
            Assert.Equal((long[])[2, 3, 4], await TakeAsync(ids, 3));
            Assert.Equal(50, await _clock.NextWaitAsync());
        }
    }

    [Fact]
    public async Task ALongWaitComesInPartsOfADay()
    {
        double days = TimeSpan.FromDays(60).TotalSeconds;
        (StreamJob job, ChannelReader<long> ids) = Start(ReplaySpeed.RealTime, 0, days);
        await using (job)
        {
            Assert.Equal(1, await NextAsync(ids));
            for (int day = 0; day < 60; day++)
            {
                Assert.Equal(TimeSpan.FromDays(1).TotalSeconds, await _clock.NextWaitAsync());
                Assert.False(ids.TryRead(out _));
                _clock.Advance(TimeSpan.FromDays(1));
            }

            Assert.Equal(2, await NextAsync(ids));
            await EndAsync(job);
        }
    }

    [Theory, InlineData(StopMode.Drain), InlineData(StopMode.Abort)]
    public async Task AStopEndsTheWaitAtOnce(StopMode mode)
    {
        (StreamJob job, ChannelReader<long> ids) = Start(ReplaySpeed.RealTime, 0, 1000);
        await using (job)
        {
            Assert.Equal(1, await NextAsync(ids));
            Assert.Equal(1000, await _clock.NextWaitAsync());
            await job.StopAsync(mode, TestContext.Current.CancellationToken);
            Assert.False(ids.TryRead(out _));
        }
    }

    [Fact]
    public async Task ABrokenLineIsReportedBeforeTheWaitForThePostBehindIt()
    {
        string path = _folder.WriteLines("a.jsonl", ReplayFolder.Post(1), "{", ReplayFolder.Post(2, 60));
        var dead = Channel.CreateUnbounded<DeadLetter>();
        var builder = StreamBuilder.Create("t");
        builder.From(TwitterSource.Replay(path, ReplaySpeed.RealTime), "tweets").ForEach(_ => { });
        var policy = ErrorPolicy.DeadLetter(Sinks.ForEach<DeadLetter>(dead.Writer.WriteAsync));
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock, OnError = policy });
        Assert.Equal(60, await _clock.NextWaitAsync());
        DeadLetter letter = await dead.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("line 2,", letter.Position, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APageIsAMessageThatGoesWithItsNewestPostAndANoticeGoesWhenItIsReached()
    {
        string path = _folder.WriteLines(
            "a.jsonl",
            ReplayFolder.Delete(9),
            ReplayFolder.Post(1),
            ReplayFolder.Page((2, 3), (3, 8), (4, 5)),
            ReplayFolder.Delete(1));
        var messages = Channel.CreateUnbounded<StreamMessage>();
        var builder = StreamBuilder.Create("t");
        builder.From(TwitterSource.ReplayMessages(path, ReplaySpeed.RealTime), "tweets").To(messages.Writer);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock });
        Assert.IsType<DeleteMessage>(await NextAsync(messages.Reader));
        Assert.IsType<TweetMessage>(await NextAsync(messages.Reader));
        Assert.Equal(8, await _clock.NextWaitAsync());
        Assert.False(messages.Reader.TryRead(out _));
        _clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(3, Assert.IsType<TweetMessage>(await NextAsync(messages.Reader)).Tweets.Count);
        Assert.IsType<DeleteMessage>(await NextAsync(messages.Reader));
        await EndAsync(job);
    }

    private static async Task<T> NextAsync<T>(ChannelReader<T> records) =>
        await records.ReadAsync(TestContext.Current.CancellationToken);

    private static async Task<long[]> TakeAsync(ChannelReader<long> ids, int count)
    {
        long[] taken = new long[count];
        for (int i = 0; i < count; i++)
        {
            taken[i] = await NextAsync(ids);
        }

        return taken;
    }

    private static Task EndAsync(StreamJob job) => job.Completion.WaitAsync(TestContext.Current.CancellationToken);

    private (StreamJob Job, ChannelReader<long> Ids) Start(ReplaySpeed speed, params double[] seconds)
    {
        string[] lines = [.. seconds.Select((at, i) => ReplayFolder.Post(i + 1, at))];
        var ids = Channel.CreateUnbounded<long>();
        var builder = StreamBuilder.Create("t");
        builder.From(TwitterSource.Replay(_folder.WriteLines("a.jsonl", lines), speed), "tweets")
            .Select(tweet => tweet.Id)
            .To(ids.Writer);
        return (builder.Build().Start(new JobOptions { Clock = _clock }), ids.Reader);
    }
}

using HashtagTracker.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace HashtagTracker.Tests.Simulation;

public class PacedReplayTests
{
    private static readonly SimulatedTweet[] Tweets =
        [.. new TweetSimulator(new SimulatorOptions { Count = 2_000 }).Generate()];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(0.5)]
    public Task EveryTweetIsDeliveredOnceInOrderAndWithinAMillisecondOfItsTime(double speed) => Task.Run(async () =>
    {
        var time = new FakeTimeProvider();
        long began = time.GetTimestamp();
        await using IAsyncEnumerator<SimulatedTweet> replay =
            new PacedReplay(Tweets, time, speed).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        var delivered = new List<SimulatedTweet>();
        while (await AdvanceUntilDone(replay.MoveNextAsync(), time))
        {
            delivered.Add(replay.Current);
            double due = (replay.Current.ArrivedAt - Tweets[0].ArrivedAt).TotalMilliseconds / speed;
            Assert.InRange(time.GetElapsedTime(began).TotalMilliseconds, due, due + 1);
        }

        Assert.Equal(Tweets, delivered);
    }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task AtFullSpeedNothingWaits()
    {
        var delivered = new List<SimulatedTweet>();
        await foreach (SimulatedTweet tweet in new PacedReplay(Tweets, new FakeTimeProvider(), double.PositiveInfinity))
        {
            delivered.Add(tweet);
        }

        Assert.Equal(Tweets, delivered);
    }

    [Fact]
    public async Task ASlowReaderIsServedEverythingThatIsOverdueAtOnce()
    {
        var time = new FakeTimeProvider();
        await using IAsyncEnumerator<SimulatedTweet> replay = new PacedReplay(Tweets, time, 1).GetAsyncEnumerator(
            TestContext.Current.CancellationToken);
        Assert.True(await replay.MoveNextAsync());

        time.Advance(TimeSpan.FromHours(1));

        for (int i = 1; i < Tweets.Length; i++)
        {
            ValueTask<bool> next = replay.MoveNextAsync();
            Assert.True(next.IsCompleted);
            Assert.True(await next);
        }
    }

    [Fact]
    public async Task CancellingEndsAWait()
    {
        using var cancel = new CancellationTokenSource();
        await using IAsyncEnumerator<SimulatedTweet> replay =
            new PacedReplay(Tweets, new FakeTimeProvider(), 1).GetAsyncEnumerator(cancel.Token);
        Assert.True(await replay.MoveNextAsync());
        ValueTask<bool> waiting = replay.MoveNextAsync();
        Assert.False(waiting.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void ASpeedThatNeverArrivesIsRefused(double speed) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new PacedReplay(Tweets, TimeProvider.System, speed));

    // On a thread without a synchronisation context (hence Task.Run above) the fake clock runs timers and what awaits
    // them inside Advance, so each step is finished when it returns.
    private static async ValueTask<bool> AdvanceUntilDone(ValueTask<bool> next, FakeTimeProvider time)
    {
        Task<bool> task = next.AsTask();
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(0.1));
        }

        return await task;
    }
}

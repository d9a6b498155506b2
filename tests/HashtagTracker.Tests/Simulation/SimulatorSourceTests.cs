using HashtagTracker.Simulation;
using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace HashtagTracker.Tests.Simulation;

/// <summary>What the engine relies on, and that tweets come when they are due.</summary>
public class SimulatorSourceTests : SourceContract<SimulatedTweet>
{
    private static readonly SimulatorOptions s_few = new() { Count = 100 };

    private static readonly SimulatorOptions s_many = new() { Count = 2_000 };

    private readonly VirtualTime _clock = new();

    protected override IReadOnlyList<SimulatedTweet> Records { get; } = [.. new TweetSimulator(s_few).Generate()];

    protected override IEqualityComparer<SimulatedTweet> Comparer => SameTweet.Comparer;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override ISource<SimulatedTweet> CreateSource() => new SimulatorSource(s_few, double.PositiveInfinity);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(0.5)]
    public async Task EveryTweetIsDeliveredOnceInOrderAndWithinAMillisecondOfItsTime(double speed)
    {
        SimulatedTweet[] tweets = [.. new TweetSimulator(s_many).Generate()];
        await using SourceDriver<SimulatedTweet> driver = await OpenAsync(speed);
        long began = _clock.GetTimestamp();
        var delivered = new List<SimulatedTweet>();
        while (await AdvanceUntilReadAsync(driver.Split) is { Count: > 0 } read)
        {
            foreach (SimulatedTweet tweet in read)
            {
                double due = (tweet.ArrivedAt - tweets[0].ArrivedAt).TotalMilliseconds / speed;
                Assert.InRange(_clock.GetElapsedTime(began).TotalMilliseconds, due, due + 1);
            }

            delivered.AddRange(read);
        }

        Assert.Equal(tweets, delivered, Comparer);
    }

    [Fact]
    public async Task ASlowReaderIsServedEverythingThatIsOverdueAtOnce()
    {
        await using SourceDriver<SimulatedTweet> driver = await OpenAsync(1);
        IReadOnlyList<SimulatedTweet> first = await driver.Split.ReadAsync(1, Token);
        _clock.Advance(TimeSpan.FromHours(1));

        // The clock stands: a read that waited would never end.
        IReadOnlyList<SimulatedTweet> rest = await driver.Split.ReadAllAsync(Token);
        Assert.Equal(new TweetSimulator(s_many).Generate(), [.. first, .. rest], Comparer);
    }

    [Fact]
    public async Task CancellingEndsAWaitAndLosesNoTweet()
    {
        await using SourceDriver<SimulatedTweet> driver = await OpenAsync(1);
        IReadOnlyList<SimulatedTweet> first = await driver.Split.ReadAsync(1, Token);
        using var cancel = new CancellationTokenSource();
        Task<IReadOnlyList<SimulatedTweet>> waiting = driver.Split.ReadAsync(cancel.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        _clock.Advance(TimeSpan.FromHours(1));
        IReadOnlyList<SimulatedTweet> rest = await driver.Split.ReadAllAsync(Token);
        Assert.Equal(new TweetSimulator(s_many).Generate(), [.. first, .. rest], Comparer);
    }

    [Fact]
    public async Task WhoGoesOnFromAPositionGetsTheTweetsOfThatRunAlthoughItBeganAtAnotherTime()
    {
        await using SourceDriver<SimulatedTweet> before = await OpenAsync(double.PositiveInfinity);
        await before.Split.ReadCountAsync(700, Token);
        SimulatorOptions later = s_many with { Start = s_many.Start.AddDays(1) };
        await using SourceDriver<SimulatedTweet> after = await OpenAsync(double.PositiveInfinity, later);
        await after.Split.SeekAsync(before.Split.Position!, Token);
        Assert.Equal(await before.Split.ReadAllAsync(Token), await after.Split.ReadAllAsync(Token), Comparer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void ASpeedThatNeverArrivesIsRefused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatorSource(s_few, speed));

    private ValueTask<SourceDriver<SimulatedTweet>> OpenAsync(double speed, SimulatorOptions? options = null) =>
        SourceDriver.OpenAsync(
            new SimulatorSource(options ?? s_many, speed), new SourceDriverOptions { Clock = _clock }, Token);

    private async Task<IReadOnlyList<SimulatedTweet>> AdvanceUntilReadAsync(SplitDriver<SimulatedTweet> split)
    {
        Task<IReadOnlyList<SimulatedTweet>> read = split.ReadAsync(Token).AsTask();
        while (!read.IsCompleted)
        {
            // In steps that divide a millisecond, so that the clock never leaps over a due time by more than that.
            _clock.Advance(TimeSpan.FromMilliseconds(0.1));
        }

        return await read;
    }
}

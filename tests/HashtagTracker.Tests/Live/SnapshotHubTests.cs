using System.Text.Json;
using HashtagTracker.Live;
using Microsoft.Extensions.Time.Testing;

namespace HashtagTracker.Tests.Live;

public sealed class SnapshotHubTests : IDisposable
{
    private static readonly TimeSpan Interval = new SnapshotHubOptions().ShortestInterval;
    private readonly FakeTimeProvider _time = new();
    private readonly SnapshotHub _hub;

    public SnapshotHubTests() => _hub = new SnapshotHub(_time, new SnapshotHubOptions { MostClients = 3 });

    public void Dispose() => _hub.Dispose();

    [Fact]
    public void ANewClientSeesTheLatestSnapshotFirst()
    {
        Publish(1);
        Publish(2);

        using SnapshotSubscription client = Subscribe();

        Assert.Equal([2], Read(client));
    }

    [Fact]
    public void SnapshotsThatComeTooFastAreMergedIntoTheNewest()
    {
        using SnapshotSubscription client = Subscribe();
        for (int i = 1; i <= 100; i++)
        {
            _hub.Publish(Snapshot(i));
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        _time.Advance(Interval);
        long[] seen = Read(client);

        // The first at once; then one each 250 ms for a second; and the last one, which nothing followed.
        Assert.Equal([1, 25, 50, 75, 100], seen);
    }

    [Fact]
    public void TheLastSnapshotIsSentEvenWhenNothingFollows()
    {
        using SnapshotSubscription client = Subscribe();
        _hub.Publish(Snapshot(1));
        _hub.Publish(Snapshot(2));
        Assert.Equal([1], Read(client));

        _time.Advance(Interval);

        Assert.Equal([2], Read(client));
        _time.Advance(Interval * 10);
        Assert.Empty(Read(client));
    }

    [Fact]
    public void ASlowClientNeverHoldsUpAnotherAndThenSeesTheNewest()
    {
        using SnapshotSubscription slow = Subscribe();
        using SnapshotSubscription quick = Subscribe();
        var seen = new List<long>();
        for (int i = 1; i <= 50; i++)
        {
            Publish(i);
            seen.AddRange(Read(quick));
        }

        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), seen);
        Assert.Equal([43, 44, 45, 46, 47, 48, 49, 50], Read(slow));
    }

    [Fact]
    public void AllClientsShareTheSameBytes()
    {
        using SnapshotSubscription one = Subscribe();
        using SnapshotSubscription other = Subscribe();
        Publish(1);

        Assert.True(one.Frames.TryRead(out SnapshotFrame? first));
        Assert.True(other.Frames.TryRead(out SnapshotFrame? second));
        Assert.Same(first, second);
        Assert.Same(first, _hub.Latest);
    }

    [Fact]
    public void AClientTooManyIsRefusedUntilAnotherLeaves()
    {
        using SnapshotSubscription first = Subscribe();
        using SnapshotSubscription second = Subscribe();
        SnapshotSubscription third = Subscribe();
        Assert.False(_hub.TrySubscribe(out _));

        third.Dispose();

        using SnapshotSubscription fourth = Subscribe();
        Publish(1);
        Assert.Equal([1], Read(fourth));
        Assert.Empty(Read(third));
    }

    [Fact]
    public async Task TheStreamsEndWithTheHub()
    {
        using SnapshotSubscription client = Subscribe();

        _hub.Dispose();

        Assert.False(await client.Frames.WaitToReadAsync(TestContext.Current.CancellationToken));
        Assert.False(_hub.TrySubscribe(out _));
        Assert.Throws<ObjectDisposedException>(() => _hub.Publish(Snapshot(1)));
    }

    private void Publish(int number)
    {
        _hub.Publish(Snapshot(number));
        _time.Advance(Interval);
    }

    private SnapshotSubscription Subscribe()
    {
        Assert.True(_hub.TrySubscribe(out SnapshotSubscription? client));
        return client;
    }

    private static long[] Read(SnapshotSubscription client)
    {
        var seen = new List<long>();
        while (client.Frames.TryRead(out SnapshotFrame? frame))
        {
            using var json = JsonDocument.Parse(frame.Json);
            seen.Add(json.RootElement.GetProperty("tweets").GetInt64());
        }

        return [.. seen];
    }

    private static DashboardSnapshot Snapshot(int number) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Source = "test",
        WindowSeconds = 60,
        EverySeconds = 10,
        Tweets = number,
    };
}

using Confluent.Kafka;
using StreamKit.Kafka.Reading;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>How the poll thread treats partitions that nobody empties, and its own end.</summary>
public sealed class PollLoopTests
{
    [Fact]
    public async Task AFullPartitionIsPausedOnceAndResumedWhenItIsHalfEmpty()
    {
        var bounds = new FeedBounds(records: 8, bytes: long.MaxValue);
        bounds.Join();
        var feeds = new FeedTable<int>(bounds);
        var fetcher = new ScriptedFetcher(feeds);
        var failures = new List<Exception>();
        var loop = new PollLoop<int>(fetcher, feeds, "test", static () => { }, failures.Add, failures.Add);
        loop.Start();
        var feed = new PartitionFeed<int>(new TopicPartition("t", 0), bounds) { Start = 0, EndOffset = long.MaxValue };
        loop.Add(feed);

        await Waiting.UntilAsync(() => fetcher.Log.Contains("pause"));
        Assert.Equal(8, feed.Records);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(feed.TryTake(out _));
        }

        loop.Wake();
        Assert.False(feed.HasRoomAgain);
        Assert.True(feed.TryTake(out _));
        loop.Wake();
        await Waiting.UntilAsync(() => fetcher.Log.Count(static line => line == "pause") == 2);
        await loop.DisposeAsync();
        Assert.Equal(["assign", "pause", "resume", "pause", "dispose"], fetcher.Log);
        Assert.Equal(8, feed.MostRecords);
        Assert.Empty(failures);
    }

    [Fact]
    public async Task AFailureReachesEveryFeedAlsoOneThatComesLater()
    {
        var bounds = new FeedBounds(8, long.MaxValue);
        var feeds = new FeedTable<int>(bounds);
        var fetcher = new ScriptedFetcher(feeds) { Failure = new KafkaStreamException("over") };
        var failures = new List<Exception>();
        var loop = new PollLoop<int>(fetcher, feeds, "test", static () => { }, failures.Add, failures.Add);
        var early = new PartitionFeed<int>(new TopicPartition("t", 0), bounds) { Start = 0, EndOffset = long.MaxValue };
        loop.Add(early);
        loop.Start();
        await loop.Ended;
        var late = new PartitionFeed<int>(new TopicPartition("t", 1), bounds) { Start = 0, EndOffset = long.MaxValue };
        loop.Add(late);
        Assert.Same(fetcher.Failure, early.Fault);
        Assert.Same(fetcher.Failure, late.Fault);
        Assert.Same(fetcher.Failure, Assert.Single(failures));
        Assert.Equal("dispose", fetcher.Log.Last());
        await loop.DisposeAsync();
    }

    [Fact]
    public void ACompactedTopicEndsWhereItsEndOffsetWasAlthoughThatMessageIsGone()
    {
        var feed = new PartitionFeed<int>(new TopicPartition("t", 0), new FeedBounds(8, 8))
        {
            Start = 0,
            EndOffset = 5,
        };
        feed.Add(Fetched<int>.Record(1, offset: 2, bytes: 1));
        feed.Add(Fetched<int>.Record(2, offset: 7, bytes: 1));
        feed.Add(Fetched<int>.Record(3, offset: 8, bytes: 1));
        Assert.True(feed.TryTake(out Fetched<int> first));
        Assert.True(feed.TryTake(out Fetched<int> end));
        Assert.False(feed.TryTake(out _));
        Assert.Equal((1, 3L), (first.Value, first.Next));
        Assert.Same(PartitionFeed<int>.End, end.Instead);
    }
}

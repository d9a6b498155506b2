using Confluent.Kafka;
using Microsoft.Extensions.Time.Testing;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Which partitions are read, and from where on.</summary>
public sealed class StartTests(KafkaCluster cluster) : IClassFixture<KafkaCluster>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LatestIsWhatIsWrittenAfterOpening()
    {
        string topic = cluster.NewTopic();
        cluster.WriteNumbers(topic, 0, 0, 3);
        await using SourceDriver<int> driver = await OpenAsync(topic, new() { Start = KafkaStart.Latest });
        Assert.Equal("3", driver.Split.Position);
        cluster.WriteNumbers(topic, 0, 3, 2);
        Assert.Equal([3, 4], await driver.Split.ReadCountAsync(2, Token));
    }

    [Fact]
    public async Task CommittedIsWhereTheGroupHasComeToAndElseWhereTheOtherStartSays()
    {
        string topic = cluster.NewTopic(partitions: 2);
        cluster.WriteNumbers(topic, 0, 0, 5);
        cluster.WriteNumbers(topic, 1, 10, 2);
        using (IConsumer<Ignore, Ignore> consumer = new ConsumerBuilder<Ignore, Ignore>(
            cluster.Connection.Configure(new ConsumerConfig { GroupId = "start" })).Build())
        {
            consumer.Commit([new TopicPartitionOffset(topic, 0, 3)]);
        }

        await using SourceDriver<int> driver = await OpenAsync(topic, new()
        {
            GroupId = "start",
            Start = KafkaStart.Committed(KafkaStart.Earliest),
            StopAtEnd = true,
        });
        Assert.Equal([3, 4, 10, 11], await driver.ReadAllAsync(Token));
    }

    // The mock cluster has no index of timestamps and always answers with the end; so this shows that one is asked for,
    // and what becomes of that answer.
    [Fact]
    public async Task ATimeBehindTheLastMessageIsTheEnd()
    {
        string topic = cluster.NewTopic();
        cluster.WriteNumbers(topic, 0, 0, 3);
        await using SourceDriver<int> driver = await OpenAsync(
            topic, new() { Start = KafkaStart.At(DateTimeOffset.UnixEpoch.AddDays(1)) });
        Assert.Equal("3", driver.Split.Position);
    }

    [Fact]
    public async Task SeveralTopicsAreReadInTheOrderOfTheirNames()
    {
        string one = cluster.NewTopic(), other = cluster.NewTopic();
        cluster.WriteNumbers(one, 0, 0, 2);
        cluster.WriteNumbers(other, 0, 2, 2);
        await using SourceDriver<int> driver = await OpenAsync(
            KafkaTopics.Named(other, one), new() { StopAtEnd = true });
        string[] expected =
            [.. new[] { one, other }.Order(StringComparer.Ordinal).Select(static topic => $"{topic}/0")];
        Assert.Equal(expected, driver.Splits.Select(static split => split.Name));
        Assert.Equal([0, 1, 2, 3], (await driver.ReadAllAsync(Token)).Order());
    }

    [Fact]
    public async Task ATopicThatComesToMatchIsFoundAndReadFromItsFirstMessage()
    {
        cluster.Mock.CreateTopic("match-a", 1);
        cluster.Mock.CreateTopic("no-match-a", 1);
        var clock = new FakeTimeProvider();
        await using SourceDriver<int> driver = await OpenAsync(
            KafkaTopics.Matching("^match-.*"), new() { Start = KafkaStart.Latest }, clock);
        Assert.Equal(["match-a/0"], driver.Splits.Select(static split => split.Name));
        Assert.True(driver.MoreSplitsMayCome);

        cluster.Mock.CreateTopic("match-b", 2);
        cluster.WriteNumbers("match-b", 1, 7, 1);
        Task found = driver.WaitForSplitsAsync(3, Token);
        while (!found.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(found, Task.Delay(20, Token));
        }

        await found;
        Assert.Equal(["match-b/0", "match-b/1"], driver.Splits.Skip(1).Select(static split => split.Name));
        Assert.Equal([7], await driver.Splits[2].ReadAsync(Token));
    }

    [Fact]
    public async Task ATopicThatDoesNotExistIsNamed()
    {
        KafkaStreamException refused = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await OpenAsync("nowhere", new()));
        Assert.Contains("There is no topic 'nowhere'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KafkaGap.Fail)]
    [InlineData(KafkaGap.GoOn)]
    public async Task AMessageThatIsGoneIsNotPassedOverUnseen(KafkaGap whenGone)
    {
        string topic = cluster.NewTopic();
        cluster.WriteNumbers(topic, 0, 0, 10);
        cluster.Mock.DropBefore(topic, 0, 6);
        var log = new LogOfTests();
        foreach (KafkaReadPath path in Enum.GetValues<KafkaReadPath>())
        {
            await using SourceDriver<int> driver = await SourceDriver.OpenAsync(
                Source(topic, new() { WhenGone = whenGone, StopAtEnd = true, Path = path }),
                new SourceDriverOptions { Logger = log },
                Token);
            await driver.Split.SeekAsync("2", Token);
            if (whenGone == KafkaGap.GoOn)
            {
                Assert.Equal([6, 7, 8, 9], await driver.Split.ReadAllAsync(Token));
                Assert.Contains(log.Entries, static entry =>
                    entry.Text.Contains("no message at offset 2 any more and goes on at 6", StringComparison.Ordinal));
            }
            else
            {
                KafkaStreamException gone = await Assert.ThrowsAsync<KafkaStreamException>(
                    async () => await driver.Split.ReadAllAsync(Token));
                Assert.Contains(
                    $"{topic}/0 has no message at offset 2 any more", gone.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task APositionOfAnotherSourceIsRefused()
    {
        await using SourceDriver<int> driver = await OpenAsync(cluster.NewTopic(), new());
        await Assert.ThrowsAsync<KafkaStreamException>(async () => await driver.Split.SeekAsync("o=1;l=2", Token));
    }

    private ISource<int> Source(KafkaTopics topics, KafkaSourceOptions options) =>
        KafkaSource.Values(cluster.Connection, topics, new NumberFormat(), options);

    private async Task<SourceDriver<int>> OpenAsync(
        KafkaTopics topics, KafkaSourceOptions options, TimeProvider? clock = null) => await SourceDriver.OpenAsync(
        Source(topics, options), new SourceDriverOptions { Clock = clock ?? TimeProvider.System }, Token);
}

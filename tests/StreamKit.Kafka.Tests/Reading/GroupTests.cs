using System.Globalization;
using Confluent.Kafka;
using StreamKit.Checkpointing;
using StreamKit.Diagnostics;
using StreamKit.Kafka.Mock;
using StreamKit.Kafka.Reading;
using StreamKit.Testing;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Members of a consumer group: partitions come and go, and each record counts once.</summary>
public sealed class GroupTests : IDisposable
{
    private const string Topic = "numbers";
    private const int Partitions = 4;

    private readonly KafkaCluster _cluster = new();
    private readonly LogOfTests _log = new();
    private int _written;

    public GroupTests() => _cluster.Mock.CreateTopic(Topic, Partitions);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData(KafkaGroupProtocol.Broker)]
    [InlineData(KafkaGroupProtocol.Cooperative)]
    public async Task PartitionsThatMoveAreReadOnWhereTheyWereLeft(KafkaGroupProtocol protocol)
    {
        try
        {
            await MoveAsync(protocol);
        }
        catch (StreamException failure) when (failure.GetBaseException() is KafkaException
        {
            Error.Code: ErrorCode.RebalanceInProgress,
        })
        {
            Assert.Skip("the mock cluster refused a commit while a member was joining, which brokers accept");
        }
    }

    private async Task MoveAsync(KafkaGroupProtocol protocol)
    {
        // The mock cluster goes on to the next step of the cooperative protocol when a session is over.
        var group = new KafkaGroup("movers") { Protocol = protocol, SessionTimeout = TimeSpan.FromSeconds(6) };
        CollectingSink<int> one = new(), other = new();
        await using StreamJob first = Start("one", group, one);
        Write(100);
        await CountedAsync(100, one, other);

        await using StreamJob second = Start("other", group, other);
        await AssignedAsync(Partitions + 2);
        Write(100);
        await CountedAsync(200, one, other);
        Assert.NotEmpty(other.Records);

        await first.StopAsync(StopMode.Drain, Token);
        await AssignedAsync(Partitions + 4);
        Write(100);
        await CountedAsync(300, one, other);
        await second.StopAsync(StopMode.Drain, Token);

        Assert.Equal(Enumerable.Range(0, _written), one.Records.Concat(other.Records).Order());
        Assert.Equal(_written, Committed("movers").Sum(static position => position.Offset));
    }

    [Fact]
    public async Task TheOffsetsOfACompletedCheckpointAreCommittedWithTheWatermark()
    {
        CollectingSink<int> seen = new();
        await using StreamJob job = Start(
            "one", new KafkaGroup("marks") { Protocol = KafkaGroupProtocol.Broker }, seen);
        Write(8);
        await CountedAsync(8, seen);
        await job.TakeSavepointAsync("now", Token);
        await Waiting.UntilAsync(() => Committed("marks").All(static position => position.Offset == 2));
        Assert.Equal(
            [4, 5, 6, 7],
            Committed("marks").Select(static position => position.Watermark.Ticks / TimeSpan.TicksPerSecond));
    }

    [Fact]
    public async Task AJobThatGoesOnReadsWhatItsCheckpointDoesNotHold()
    {
        var store = new MemoryCheckpointStore();
        var group = new KafkaGroup("again") { Protocol = KafkaGroupProtocol.Broker };
        CollectingSink<int> seen = new();
        await using (StreamJob job = Start("one", group, seen, store))
        {
            Write(40);
            await CountedAsync(40, seen);
            await job.StopAsync(StopMode.Checkpoint, Token);
        }

        Write(40);
        await using StreamJob next = Start("one", group, seen, store);
        await CountedAsync(80, seen);
        await next.StopAsync(StopMode.Drain, Token);
        Assert.Equal(Enumerable.Range(0, 80), seen.Records.Order());
    }

    // The member cannot say that it is alive, so the brokers take its partitions away; what was read since the last
    // commit is somebody else's, and must not be in what this job goes on from.
    [Fact]
    public async Task AJobWhosePartitionsAreLostGoesBackToItsLastCheckpoint()
    {
        _cluster.Mock.SetGroupTimes(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
        CollectingSink<int> seen = new();
        await using StreamJob job = Start(
            "one",
            new KafkaGroup("lost") { Protocol = KafkaGroupProtocol.Broker },
            seen,
            restart: RestartStrategy.Fixed(3, TimeSpan.FromMilliseconds(10)));
        Write(40);
        await CountedAsync(40, seen);
        await job.TakeSavepointAsync("now", Token);
        Write(40);
        await CountedAsync(80, seen);

        _cluster.Mock.TakeDown();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Token);
        _cluster.Mock.BringUp();
        await Waiting.UntilAsync(() => _log.Entries.Any(
            static entry => entry.Text.Contains("before they could be handed over", StringComparison.Ordinal)));
        await CountedAsync(120, seen);
        Write(40);
        await CountedAsync(160, seen);

        Assert.Equal(
            Enumerable.Range(0, 120).Concat(Enumerable.Range(40, 40)).Order(), seen.Records.Order());
        await job.StopAsync(StopMode.Drain, Token);
    }

    [Fact]
    public async Task WithoutCheckpointsTheUserChooses()
    {
        StreamBuilder builder = StreamBuilder.Create("none");
        builder.From(Source(new KafkaGroup("none")), "in").To(new CollectingSink<int>(), "out");
        await using StreamJob job = builder.Build().Start(new JobOptions());
        StreamException refused = await Assert.ThrowsAsync<StreamException>(() => job.Completion.WaitAsync(Token));
        Assert.Contains("KafkaCommit.WhenHandedOn", refused.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutCheckpointsWhatWasHandedOnIsCommitted()
    {
        var group = new KafkaGroup("on")
        {
            Protocol = KafkaGroupProtocol.Broker,
            Commit = KafkaCommit.WhenHandedOn,
            CommitEvery = TimeSpan.FromMilliseconds(20),
        };
        CollectingSink<int> one = new(), other = new();
        await using StreamJob first = Start("one", group, one);
        Write(40);
        await CountedAsync(40, one);
        await Waiting.UntilAsync(() => Committed("on").Sum(static position => position.Offset) == 40);

        await using StreamJob second = Start("other", group, other);
        await AssignedAsync(Partitions + 2);
        Write(40);
        await CountedAsync(80, one, other);
        await first.StopAsync(StopMode.Drain, Token);
        Write(40);
        await CountedAsync(120, one, other);
        Assert.Equal(Enumerable.Range(0, 120), one.Records.Concat(other.Records).Order());
    }

    private StreamJob Start(
        string name,
        KafkaGroup group,
        CollectingSink<int> sink,
        ICheckpointStore? store = null,
        RestartStrategy? restart = null)
    {
        StreamBuilder builder = StreamBuilder.Create(name);
        builder.From(Source(group), "in")
            .WithEventTime(static number => Time.Timestamp.FromUnixTimeSeconds(number), Watermarks.Monotonic())
            .Named("time")
            .To(sink, "out");
        return builder.Build().Start(new JobOptions
        {
            Loggers = new LoggersOfTests(_log),
            Checkpoints = group.Commit == KafkaCommit.WithCheckpoints
                ? Checkpoints.In(store ?? new MemoryCheckpointStore(), TimeSpan.FromHours(1))
                : null,
            Restart = restart ?? RestartStrategy.None,
        });
    }

    private Connectors.ISource<int> Source(KafkaGroup group) => KafkaSource.Values(
        _cluster.Connection, Topic, new NumberFormat(), new KafkaSourceOptions { Group = group });

    /// <summary>Writes the next numbers, each partition in turn.</summary>
    private void Write(int count)
    {
        Topics.Write(
            _cluster.Connection,
            Enumerable.Range(_written, count).Select(static number => (
                new TopicPartition(Topic, number % Partitions),
                new Message<byte[]?, byte[]?>
                {
                    Value = System.Text.Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
                })));
        _written += count;
    }

    private static Task CountedAsync(int count, params CollectingSink<int>[] sinks) =>
        Waiting.UntilAsync(() => sinks.Sum(static sink => sink.Records.Count) >= count);

    private Task AssignedAsync(int times) => Waiting.UntilAsync(() => _log.Entries.Count(
        static entry => entry.Text.Contains("the group gives", StringComparison.Ordinal)) >= times);

    private IReadOnlyList<KafkaPosition> Committed(string group)
    {
        using IConsumer<Ignore, Ignore> consumer = new ConsumerBuilder<Ignore, Ignore>(
            _cluster.Connection.Configure(new ConsumerConfig { GroupId = group })).Build();
        return GroupOffsets.Of(consumer).Read(
            [.. Enumerable.Range(0, Partitions).Select(static partition => new TopicPartition(Topic, partition))],
            TimeSpan.FromSeconds(10));
    }
}

using System.Globalization;
using System.Text;
using Confluent.Kafka;
using StreamKit.Checkpointing;
using StreamKit.Kafka.Mock;
using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Whole jobs over a topic: event time of each partition, and going on from checkpoints.</summary>
public sealed class EventTimeTests(KafkaCluster cluster) : IClassFixture<KafkaCluster>
{

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothPaths))]
    public async Task APartitionThatIsSilentHoldsTheOthersUntilItIsIdle(KafkaReadPath path)
    {
        string topic = cluster.NewTopic(partitions: 2);
        cluster.WriteNumbers(topic, 0, 0, 30);
        var time = new VirtualTime();
        var counts = new CollectingSink<WindowResult<Records.Unit, long>>();
        StreamBuilder builder = StreamBuilder.Create("idle");
        builder.From(
            KafkaSource.Values(
                cluster.Connection, topic, new NumberFormat(), new KafkaSourceOptions { Path = path }), "in")
            .WithEventTime(
                static number => Time.Timestamp.FromUnixTimeSeconds(number),
                Watermarks.Monotonic().WithIdleness(TimeSpan.FromMinutes(1)))
            .WindowAll(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Count()
            .To(counts, "out");
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = time });
        await Waiting.UntilAsync(() => job.GetMetrics().Operators[0].RecordsOut == 30);
        Assert.Empty(counts.Records);
        await Waiting.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return counts.Records.Count == 2;
        });
        Assert.All(counts.Records, static count => Assert.Equal(10, count.Value));
        await job.StopAsync(StopMode.Abort, Token);
    }

    // What is ahead of the others by more than the drift is not read on, and does not stand in their way.
    [Theory, ClassData(typeof(BothPaths))]
    public async Task PartitionsThatAreAlignedDoNotRunAwayFromEachOther(KafkaReadPath path)
    {
        string topic = cluster.NewTopic(partitions: 2);
        cluster.WriteNumbers(topic, 0, 0, 3_000);
        cluster.WriteNumbers(topic, 1, 0, 100);
        var seen = new CollectingSink<int>();
        StreamBuilder builder = StreamBuilder.Create("aligned");
        builder.From(
            KafkaSource.Values(
                cluster.Connection,
                topic,
                new NumberFormat(),
                new KafkaSourceOptions { Path = path, BufferedRecords = 40 }),
            "in")
            .WithEventTime(
                static number => Time.Timestamp.FromUnixTimeSeconds(number),
                Watermarks.Monotonic().WithAlignment("all", TimeSpan.FromSeconds(50)))
            .To(seen, "out");
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 10 });
        await Waiting.UntilAsync(() => seen.Records.Count(static number => number < 100) == 200);
        Assert.InRange(seen.Records.Max(), 99, 200);
        cluster.WriteNumbers(topic, 1, 100, 2_900);
        await Waiting.UntilAsync(() => seen.Records.Count == 6_000);
        await job.StopAsync(StopMode.Abort, Token);
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task AJobThatIsStartedAgainReadsEveryMessageOnce(KafkaReadPath path)
    {
        string topic = cluster.NewTopic(partitions: 3);
        var store = new MemoryCheckpointStore();
        var seen = new CollectingSink<int>();
        for (int life = 0; life < 4; life++)
        {
            await using StreamJob job = StartNumbers(topic, store, seen, new() { Path = path });
            Write(topic, life * 60, 60);
            int expected = (life + 1) * 60;
            await Waiting.UntilAsync(() => seen.Records.Count >= expected);
            await job.StopAsync(StopMode.Checkpoint, Token);
        }

        Assert.Equal(Enumerable.Range(0, 240), seen.Records.Order());
    }

    [Fact]
    public async Task WhatIsWrittenBetweenTwoLivesOfAJobThatBeganAtTheEndIsNotLost()
    {
        string topic = cluster.NewTopic(partitions: 3);
        Write(topic, 0, 30);
        var store = new MemoryCheckpointStore();
        var seen = new CollectingSink<int>();
        KafkaSourceOptions latest = new() { Start = KafkaStart.Latest };
        await using (StreamJob job = StartNumbers(topic, store, seen, latest))
        {
            await StopOnceItRunsAsync(job);
        }

        Write(topic, 30, 30);
        await using StreamJob next = StartNumbers(topic, store, seen, latest);
        await Waiting.UntilAsync(() => seen.Records.Count == 30);
        Assert.Equal(Enumerable.Range(30, 30), seen.Records.Order());
        await next.StopAsync(StopMode.Abort, Token);
    }

    [Fact]
    public async Task TheOffsetsOfCheckpointsAreCommittedForThoseWhoWatch()
    {
        string topic = cluster.NewTopic();
        cluster.WriteNumbers(topic, 0, 0, 9);
        var seen = new CollectingSink<int>();
        await using StreamJob job = StartNumbers(
            topic, new MemoryCheckpointStore(), seen, new() { GroupId = "watched" });
        await Waiting.UntilAsync(() => seen.Records.Count == 9);
        await job.TakeSavepointAsync("now", Token);
        using IConsumer<Ignore, Ignore> consumer = new ConsumerBuilder<Ignore, Ignore>(
            cluster.Connection.Configure(new ConsumerConfig { GroupId = "watched" })).Build();
        await Waiting.UntilAsync(() => consumer.Committed([new TopicPartition(topic, 0)], TimeSpan.FromSeconds(10))
            .Single().Offset == 9);
        await job.StopAsync(StopMode.Abort, Token);
    }

    /// <summary>Stops a job with a checkpoint; one that is still being started takes none.</summary>
    private static async Task StopOnceItRunsAsync(StreamJob job)
    {
        Task? stopping = null;
        await Waiting.UntilAsync(() =>
        {
            stopping = job.StopAsync(StopMode.Checkpoint, Token);
            return stopping.Exception?.InnerException is not InvalidOperationException;
        });
        await stopping!; // There has been at least one attempt.
    }

    private StreamJob StartNumbers(
        string topic, ICheckpointStore store, CollectingSink<int> sink, KafkaSourceOptions options)
    {
        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(KafkaSource.Values(cluster.Connection, topic, new NumberFormat(), options), "in").To(sink, "out");
        return builder.Build().Start(new JobOptions
        {
            Checkpoints = Checkpoints.In(store, TimeSpan.FromHours(1)),
            Restart = RestartStrategy.None,
        });
    }

    private void Write(string topic, int from, int count) => Topics.Write(
        cluster.Connection,
        Enumerable.Range(from, count).Select(number => (
            new TopicPartition(topic, number % 3),
            new Message<byte[]?, byte[]?>
            {
                Value = Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
            })));
}

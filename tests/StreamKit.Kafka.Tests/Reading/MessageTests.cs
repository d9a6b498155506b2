using System.Text;
using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;
using StreamKit.Testing;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>What becomes of single messages.</summary>
public sealed class MessageTests(KafkaCluster cluster) : IClassFixture<KafkaCluster>
{
    private static readonly DateTimeOffset s_noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothPaths))]
    public async Task ARecordHasEverythingThatBelongsToItsMessage(KafkaReadPath path)
    {
        string topic = cluster.NewTopic(partitions: 2);
        var headers = new Headers { { "trace", [1, 2] }, { "none", null }, { "trace", [3] } };
        Topics.Write(cluster.Connection,
        [
            (new TopicPartition(topic, 1), new Message<byte[]?, byte[]?>
            {
                Key = "k"u8.ToArray(),
                Value = "v"u8.ToArray(),
                Timestamp = new Confluent.Kafka.Timestamp(s_noon),
                Headers = headers,
            }),
            (new TopicPartition(topic, 1), new Message<byte[]?, byte[]?> { Key = "k"u8.ToArray() }),
            (new TopicPartition(topic, 1), new Message<byte[]?, byte[]?> { Value = [] }),
        ]);

        IReadOnlyList<KafkaRecord<string, string>> records = await ReadAsync(KafkaSource.Records(
            cluster.Connection, topic, KafkaFormat.Utf8, KafkaFormat.Utf8, Options(path)));

        Assert.Equal([0, 1, 2], records.Select(static record => record.Offset));
        Assert.All(records, record => Assert.Equal((topic, 1), (record.Topic, record.Partition)));
        Assert.Equal(("k", true, "v", false), Parts(records[0]));
        Assert.Equal((Time.Timestamp)s_noon, records[0].Timestamp);
        Assert.Equal(["trace", "none", "trace"], records[0].Headers.Select(static header => header.Name));
        Assert.Equal([1, 2], records[0].Headers[0].Value!);
        Assert.Null(records[0].Headers[1].Value);
        Assert.Equal([3], records[0].Headers[2].Value!);
        Assert.Equal(("k", true, null, true), Parts(records[1]));
        Assert.Equal((null, false, string.Empty, false), Parts(records[2]));
        Assert.Empty(records[2].Headers);
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task WhatCannotBeReadIsReportedWithItsPlaceAndItsBytesAndReadingGoesOn(KafkaReadPath path)
    {
        string topic = cluster.NewTopic();
        cluster.Write(topic, 0, ["a"u8.ToArray(), [0xff, 0xfe], "b"u8.ToArray()]);

        await using SourceDriver<string> driver = await SourceDriver.OpenAsync(
            KafkaSource.Values(cluster.Connection, topic, KafkaFormat.Utf8, Options(path)), cancellationToken: Token);

        Assert.Equal(["a", "b"], await driver.ReadAllAsync(Token));
        BadRecord bad = Assert.Single(driver.BadRecords);
        Assert.Equal(($"{topic}/0", "1"), (bad.Split, bad.Position));
        Assert.Equal([0xff, 0xfe], bad.Bytes.ToArray());
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task OfABadKeyTheKeyIsReported(KafkaReadPath path)
    {
        string topic = cluster.NewTopic();
        Topics.Write(cluster.Connection,
        [
            (new TopicPartition(topic, 0), new Message<byte[]?, byte[]?> { Key = "x"u8.ToArray(), Value = [] }),
            (new TopicPartition(topic, 0), new Message<byte[]?, byte[]?> { Key = "1"u8.ToArray(), Value = [] }),
        ]);

        await using SourceDriver<KafkaRecord<int, string>> driver = await SourceDriver.OpenAsync(
            KafkaSource.Records(cluster.Connection, topic, new NumberFormat(), KafkaFormat.Utf8, Options(path)),
            cancellationToken: Token);

        Assert.Equal(1, Assert.Single(await driver.ReadAllAsync(Token)).Key);
        Assert.Equal("x"u8.ToArray(), Assert.Single(driver.BadRecords).Bytes.ToArray());
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task ATombstoneIsNoValue(KafkaReadPath path)
    {
        string topic = cluster.NewTopic();
        cluster.Write(topic, 0, ["a"u8.ToArray(), null, "b"u8.ToArray()]);

        await using SourceDriver<string> reporting = await SourceDriver.OpenAsync(
            KafkaSource.Values(cluster.Connection, topic, KafkaFormat.Utf8, Options(path)), cancellationToken: Token);
        Assert.Equal(["a", "b"], await reporting.ReadAllAsync(Token));
        Assert.Equal("1", Assert.Single(reporting.BadRecords).Position);

        await using SourceDriver<string> silent = await SourceDriver.OpenAsync(
            KafkaSource.Values(
                cluster.Connection,
                topic,
                KafkaFormat.Utf8,
                Options(path) with { Tombstones = KafkaTombstones.Skip }),
            cancellationToken: Token);
        Assert.Equal(["a", "b"], await silent.ReadAllAsync(Token));
        Assert.Empty(silent.BadRecords);
    }

    // Where batches cannot be had the source reads one at a time, and all tests of both paths would pass for one.
    [Fact]
    public async Task BatchesAreBatchesHere()
    {
        var log = new LogOfTests();
        await using SourceDriver<string> driver = await SourceDriver.OpenAsync(
            KafkaSource.Values(
                cluster.Connection, cluster.NewTopic(), KafkaFormat.Utf8, Options(KafkaReadPath.Batches)),
            new SourceDriverOptions { Logger = log },
            Token);
        Assert.DoesNotContain(
            log.Entries, static entry => entry.Text.Contains("batches cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADeadLetterOfAJobHasThePlaceAndTheBytes()
    {
        string topic = cluster.NewTopic();
        cluster.Write(topic, 0, ["1"u8.ToArray(), Encoding.UTF8.GetBytes("{nonsense"), "2"u8.ToArray()]);
        var letters = new CollectingSink<DeadLetter>();
        var numbers = new CollectingSink<int>();

        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(
            KafkaSource.Values(cluster.Connection, topic, new NumberFormat(), Options(KafkaReadPath.Messages)), "in")
            .To(numbers, "out");
        await using StreamJob job = builder.Build().Start(
            new JobOptions { OnError = ErrorPolicy.DeadLetter(letters) });
        await job.Completion.WaitAsync(Token);

        Assert.Equal([1, 2], numbers.Records);
        DeadLetter letter = Assert.Single(letters.Records);
        Assert.Equal(("in", $"{topic}/0", "1"), (letter.Operator, letter.Split, letter.Position));
        Assert.Equal("{nonsense", Encoding.UTF8.GetString(letter.Bytes.Span));
    }

    private static KafkaSourceOptions Options(KafkaReadPath path) => new() { StopAtEnd = true, Path = path };

    private static (string? Key, bool HasKey, string? Value, bool IsTombstone) Parts(
        KafkaRecord<string, string> record) => (record.Key, record.HasKey, record.Value, record.IsTombstone);

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(ISource<T> source)
    {
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);
        return await driver.ReadAllAsync(Token);
    }
}

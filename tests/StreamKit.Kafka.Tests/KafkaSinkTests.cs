using System.Text;
using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;
using StreamKit.Testing;
using Timestamp = StreamKit.Time.Timestamp;

namespace StreamKit.Kafka.Tests;

public sealed class KafkaSinkTests : IDisposable
{
    private readonly MockCluster _cluster = new();

    public KafkaSinkTests() => _cluster.CreateTopic("orders", 4);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task AMessageHasTheKeyTheHeadersTheTimeAndThePartitionOfItsRecord()
    {
        var options = new KafkaSinkOptions<Order>
        {
            Key = KafkaFormat.Utf8.Of((Order order) => order.Customer),
            Headers = order => new Headers { { "amount", [(byte)order.Amount] } },
            Partition = order => (int)order.Amount,
        };
        Timestamp time = Timestamp.FromUnixTimeMilliseconds(1_234_567);
        await WriteAsync(
            KafkaSink.To(_cluster.Connection, "orders", KafkaFormat.Json(OrderContext.Default.Order), options),
            (new Order { Customer = "anna", Amount = 2 }, time),
            (new Order { Customer = null, Amount = 3 }, Timestamp.MinValue));
        IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> read = Topics.ReadAll(_cluster.Connection, "orders");
        Assert.Equal(2, read.Count);
        Assert.Equal("anna", Encoding.UTF8.GetString(read[0].Message.Key!));
        Assert.Equal([2], read[0].Message.Headers.GetLastBytes("amount"));
        Assert.Equal(1_234_567, read[0].Message.Timestamp.UnixTimestampMs);
        Assert.Equal(2, read[0].Partition.Value);
        Assert.Equal(
            "anna", KafkaFormat.Json(OrderContext.Default.Order).Deserialize(read[0].Message.Value).Customer);
        Assert.Null(read[1].Message.Key);
        Assert.Equal(3, read[1].Partition.Value);
        Assert.True(read[1].Message.Timestamp.UnixTimestampMs > 1_700_000_000_000);
    }

    [Fact]
    public async Task TheTimeOfAMessageMayBeChosen()
    {
        var options = new KafkaSinkOptions<long>
        {
            Time = value => value == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(value),
            Partition = static _ => 0,
        };
        Timestamp time = Timestamp.FromUnixTimeMilliseconds(5);
        await WriteAsync(
            KafkaSink.To(_cluster.Connection, "orders", KafkaFormat.BigEndian64, options), (77, time), (0, time));
        long[] times = [.. Topics.ReadAll(_cluster.Connection, "orders").Select(
            read => read.Message.Timestamp.UnixTimestampMs)];
        Assert.Equal(77, times[0]);
        Assert.True(times[1] > 1_700_000_000_000);
    }

    [Fact]
    public async Task KeysLieWhereClientsInJavaPutThem()
    {
        // Computed with the algorithm of Kafka's own client: murmur2 of the bytes, without its sign, modulo 4.
        var options = new KafkaSinkOptions<string> { Key = KafkaFormat.Utf8 };
        string[] keys = ["21", "foobar", "a-little-bit-long-string", "a-little-bit-longer-string", "abc"];
        await WriteAsync(
            KafkaSink.To(_cluster.Connection, "orders", KafkaFormat.Utf8, options),
            [.. keys.Select(key => (key, Timestamp.MinValue))]);
        Dictionary<string, int> partitions = Topics.ReadAll(_cluster.Connection, "orders")
            .ToDictionary(read => Encoding.UTF8.GetString(read.Message.Key!), read => read.Partition.Value);
        int[] hashes = [-973932308, -790332482, -985981536, -1486304829, 479470107];
        Assert.Equal(hashes.Select(hash => (hash & 0x7fffffff) % 4), keys.Select(key => partitions[key]));
    }

    [Fact]
    public async Task ARecordMayNameItsTopic()
    {
        await WriteAsync(
            KafkaSink.To(_cluster.Connection, static text => $"topic-{text[0]}", KafkaFormat.Utf8),
            ("a1", Timestamp.MinValue),
            ("b1", Timestamp.MinValue),
            ("a2", Timestamp.MinValue));
        Assert.Equal(["a1", "a2"], Topics.ReadText(_cluster.Connection, "topic-a").Order());
        Assert.Equal(["b1"], Topics.ReadText(_cluster.Connection, "topic-b"));
    }

    [Fact]
    public async Task AnUpsertingSinkDeletesWhatIsTakenBack()
    {
        _cluster.CreateTopic("newest", 1);
        ISink<(string Key, string? Value)> sink = KafkaSink.Upsert(
            _cluster.Connection,
            "newest",
            KafkaFormat.Utf8.Of(((string Key, string? Value) record) => record.Key),
            KafkaFormat.Utf8.Of(((string Key, string? Value) record) => record.Value),
            new KafkaSinkOptions<(string Key, string? Value)> { IsTombstone = record => record.Value == "gone" });
        await WriteAsync(
            sink,
            (("a", "1"), Timestamp.MinValue),
            (("a", "gone"), Timestamp.MinValue),
            (("b", null), Timestamp.MinValue));
        IEnumerable<(string, string?)> read = Topics.ReadAll(_cluster.Connection, "newest").Select(read => (
            Encoding.UTF8.GetString(read.Message.Key!),
            read.Message.Value is { } value ? Encoding.UTF8.GetString(value) : null));
        Assert.Equal([("a", "1"), ("a", null), ("b", null)], read);
    }

    [Fact]
    public async Task ARecordWithoutAKeyCannotReplaceAnything()
    {
        ISink<Order> sink = KafkaSink.Upsert(
            _cluster.Connection,
            "orders",
            KafkaFormat.Utf8.Of((Order order) => order.Customer),
            KafkaFormat.Json(OrderContext.Default.Order));
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(
            () => WriteAsync(sink, (new Order { Customer = null, Amount = 1 }, Timestamp.MinValue)));
        Assert.Contains("'orders' has no key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASinkSaysWhatItDoesAndPromises()
    {
        IKafkaSerializer<string> text = KafkaFormat.Utf8;
        var tombstones = new KafkaSinkOptions<string> { IsTombstone = string.IsNullOrEmpty };
        var transactions = new KafkaSinkOptions<string> { TransactionalId = "words" };
        (SinkMode, SinkGuarantee)[] expected =
        [
            (SinkMode.Append, SinkGuarantee.AtLeastOnce),
            (SinkMode.Append, SinkGuarantee.ExactlyOnce),
            (SinkMode.Retract, SinkGuarantee.AtLeastOnce),
            (SinkMode.Upsert, SinkGuarantee.Idempotent),
            (SinkMode.Upsert, SinkGuarantee.ExactlyOnce),
            (SinkMode.Retract, SinkGuarantee.Idempotent),
        ];
        ISink<string>[] sinks =
        [
            KafkaSink.To(_cluster.Connection, "words", text),
            KafkaSink.To(_cluster.Connection, "words", text, transactions),
            KafkaSink.To(_cluster.Connection, "words", text, tombstones),
            KafkaSink.Upsert(_cluster.Connection, "words", text, text),
            KafkaSink.Upsert(_cluster.Connection, "words", text, text, transactions),
            KafkaSink.Upsert(_cluster.Connection, "words", text, text, tombstones),
        ];
        Assert.Equal(expected, sinks.Select(sink => (sink.Mode, sink.Guarantee)));
    }

    [Fact]
    public void OptionsOutsideTheirRangeAreRefusedWhereTheSinkIsMade()
    {
        void Refused(KafkaSinkOptions<string> options, string name) =>
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(
                () => KafkaSink.To(_cluster.Connection, "words", KafkaFormat.Utf8, options)).ParamName);
        Refused(new() { Linger = TimeSpan.FromSeconds(2) }, "Linger");
        Refused(new() { BatchBytes = 0 }, "BatchBytes");
        Refused(new() { MaxMessageBytes = 999 }, "MaxMessageBytes");
        Refused(new() { MaxInFlight = 0 }, "MaxInFlight");
        Refused(new() { MaxInFlightBytes = 1 }, "MaxInFlightBytes");
        Refused(new() { DeliveryTimeout = TimeSpan.FromMilliseconds(999) }, "DeliveryTimeout");
        Refused(new() { ConnectTimeout = TimeSpan.Zero }, "ConnectTimeout");
        Refused(new() { TransactionTimeout = TimeSpan.FromDays(2) }, "TransactionTimeout");
        Refused(new() { MarkerTopic = "" }, "MarkerTopic");
        Refused(new() { TransactionalId = "" }, "TransactionalId");
    }

    [Fact]
    public async Task MoreThanFitsOnTheWayWaitsAndIsNotLost()
    {
        _cluster.CreateTopic("many", 1);
        var options = new KafkaSinkOptions<string> { MaxInFlight = 10, Linger = TimeSpan.Zero };
        string[] words = [.. Enumerable.Range(0, 2000).Select(i => $"{i}")];
        await WriteAsync(
            KafkaSink.To(_cluster.Connection, "many", KafkaFormat.Utf8, options),
            [.. words.Select(word => (word, Timestamp.MinValue))]);
        Assert.Equal(words, Topics.ReadText(_cluster.Connection, "many"));
    }

    [Fact]
    public async Task MoreBytesThanFitOnTheWayWaitAndAreNotLost()
    {
        _cluster.CreateTopic("large", 4);
        var options = new KafkaSinkOptions<int>
        {
            MaxInFlightBytes = 1 << 20,
            Partition = static number => number % 4,
        };
        var value = new LargeValue();
        await WriteAsync(
            KafkaSink.To(_cluster.Connection, "large", value, options),
            [.. Enumerable.Range(0, 40).Select(number => (number, Timestamp.MinValue))]);
        Assert.Equal(
            Enumerable.Range(0, 40).OrderBy(number => number % 4).ThenBy(number => number),
            Topics.ReadAll(_cluster.Connection, "large").Select(read => (int)read.Message.Value![0]));
    }

    private static async Task WriteAsync<T>(ISink<T> sink, params (T, Timestamp)[] records)
    {
        await using SinkDriver<T> driver = await SinkDriver.OpenAsync(sink, cancellationToken: Token);
        await driver.WriteTimedAsync(records, Token);
        await driver.FlushAsync(Token);
    }
}

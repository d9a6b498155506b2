using System.Globalization;
using System.Text;
using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;
using Timestamp = StreamKit.Time.Timestamp;

namespace StreamKit.Kafka.Tests;

/// <summary>The ways of the transactional sink through what brokers answer; the answers are injected.</summary>
public sealed class TransactionTests : IDisposable
{
    private readonly MockCluster _cluster = new();
    private readonly LogOfTests _log = new();

    public TransactionTests()
    {
        _cluster.CreateTopic("words", 1);
        _cluster.CreateTopic("__streamkit_commits", 1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task TheMarkerIsTheNumberUnderTheNameOfTheSink()
    {
        await using (IWriteAheadSinkWriter<string> writer = await OpenAsync("a"))
        {
            await CommitAsync(writer, 1, "one");
            await CommitAsync(writer, 2);
        }

        Assert.Equal(
            [("a", "1"), ("a", "2")],
            Topics.ReadAll(_cluster.Connection, "__streamkit_commits").Select(read => (
                Encoding.UTF8.GetString(read.Message.Key!), Encoding.UTF8.GetString(read.Message.Value!))));
    }

    [Fact]
    public async Task SinksThatShareATopicOfMarkersFindEachItsOwn()
    {
        await using IWriteAheadSinkWriter<string> a = await OpenAsync("a");
        await using IWriteAheadSinkWriter<string> b = await OpenAsync("ab");
        await CommitAsync(a, 1, "one");
        for (long epoch = 1; epoch <= 3; epoch++)
        {
            await CommitAsync(b, epoch);
        }

        Assert.Equal(1, await a.FindLastEpochAsync(Token));
        Assert.Equal(3, await b.FindLastEpochAsync(Token));
        await using IWriteAheadSinkWriter<string> c = await OpenAsync("c");
        Assert.Equal(0, await c.FindLastEpochAsync(Token));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(7000)]
    public async Task AMarkerIsFoundHoweverManyOfOthersFollowIt(int others)
    {
        var at = new TopicPartition("__streamkit_commits", 0);
        IEnumerable<string> names = ["a", .. Enumerable.Repeat("b", others)];
        Topics.Write(_cluster.Connection, names.Select((name, i) => (at, new Message<byte[]?, byte[]?>
        {
            Key = Encoding.UTF8.GetBytes(name),
            Value = Encoding.UTF8.GetBytes((i + 1).ToString(CultureInfo.InvariantCulture)),
        })));
        await using IWriteAheadSinkWriter<string> a = await OpenAsync("a");
        Assert.Equal(1, await a.FindLastEpochAsync(Token));
        await using IWriteAheadSinkWriter<string> b = await OpenAsync("b");
        Assert.Equal(others + 1, await b.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task WhatIsNoMarkerIsNotTakenForOne()
    {
        var at = new TopicPartition("__streamkit_commits", 0);
        Topics.Write(_cluster.Connection, [(at, new() { Key = "a"u8.ToArray(), Value = "-1"u8.ToArray() })]);
        await using IWriteAheadSinkWriter<string> a = await OpenAsync("a");
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await a.FindLastEpochAsync(Token));
        Assert.Contains("MarkerTopic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorsThatPassAreTriedAgain()
    {
        await using IWriteAheadSinkWriter<string> writer = await OpenAsync("a");
        _cluster.FailNext(MockRequest.InitProducerId, ErrorCode.GroupCoordinatorNotAvailable);
        Assert.Equal(0, await writer.FindLastEpochAsync(Token));
        _cluster.FailNext(MockRequest.AddPartitionsToTransaction, ErrorCode.ConcurrentTransactions);
        _cluster.FailNext(
            MockRequest.EndTransaction, ErrorCode.ConcurrentTransactions, ErrorCode.GroupCoordinatorNotAvailable);
        await CommitAsync(writer, 1, "one");
        Assert.Equal(["one"], Topics.ReadText(_cluster.Connection, "words"));
        Assert.Equal(1, await writer.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task ATransactionThatMustBeTakenBackIsBegunAgain()
    {
        await using IWriteAheadSinkWriter<string> writer = await OpenAsync("a");
        await writer.FindLastEpochAsync(Token);
        _cluster.FailNext(MockRequest.AddPartitionsToTransaction, ErrorCode.TopicAuthorizationFailed);
        await CommitAsync(writer, 1, "one");
        Assert.Contains(
            _log.Entries, entry => entry.Text.Contains("takes a transaction back", StringComparison.Ordinal));

        // Of the one taken back the mock shows what brokers would hide; the last is whole.
        Assert.Equal("one", Topics.ReadText(_cluster.Connection, "words")[^1]);
        Assert.Equal(1, await writer.FindLastEpochAsync(Token));
        await CommitAsync(writer, 2, "two");
    }

    [Fact]
    public async Task ATransactionThatMustBeTakenBackAgainAndAgainFailsTheJobWithTheReason()
    {
        await using IWriteAheadSinkWriter<string> writer = await OpenAsync("a");
        await writer.FindLastEpochAsync(Token);
        _cluster.FailNext(
            MockRequest.AddPartitionsToTransaction,
            ErrorCode.TopicAuthorizationFailed,
            ErrorCode.TopicAuthorizationFailed,
            ErrorCode.TopicAuthorizationFailed);
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await CommitAsync(writer, 1, "one"));
        Assert.Contains("ACL WRITE", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await writer.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task AWriterThatWasShutOutSaysSoAndWritesNothingMore()
    {
        await using IWriteAheadSinkWriter<string> writer = await OpenAsync("a");
        await CommitAsync(writer, 1, "one");
        _cluster.FailNext(MockRequest.EndTransaction, ErrorCode.ProducerFenced);
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await CommitAsync(writer, 2, "two"));
        Assert.Contains("shut this one out", error.Message, StringComparison.Ordinal);
        KafkaStreamException again = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await CommitAsync(writer, 2, "two"));
        Assert.Contains("must be opened again", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARecordThatCannotBeWrittenTakesItsTransactionBack()
    {
        var sink = (IWriteAheadSink<Order>)KafkaSink.Upsert(
            _cluster.Connection,
            "words",
            KafkaFormat.Utf8.Of((Order order) => order.Customer ?? throw new InvalidDataException("no customer")),
            KafkaFormat.Json(OrderContext.Default.Order),
            new KafkaSinkOptions<Order> { TransactionalId = "a" });
        await using var writer = (IWriteAheadSinkWriter<Order>)await sink.OpenAsync(Context(), Token);
        var good = new Order { Customer = "anna", Amount = 1 };
        var records = new SinkBatch<Order>(new[] { good, good with { Customer = null } }, new long[2]);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await writer.CommitAsync(1, records, Token));
        Assert.Equal(0, await writer.FindLastEpochAsync(Token));
        await writer.CommitAsync(1, new SinkBatch<Order>(new[] { good }, new long[1]), Token);
        Assert.Equal(1, await writer.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task ABrokerThatGoesAwayInATransactionOnlyDelaysIt()
    {
        await using IWriteAheadSinkWriter<string> writer = await OpenAsync("a");
        await writer.FindLastEpochAsync(Token);
        _cluster.TakeDown();
        Task commit = CommitAsync(writer, 1, "one", "two").AsTask();
        await _log.WaitForAsync(Microsoft.Extensions.Logging.LogLevel.Warning, Token);
        Assert.False(commit.IsCompleted);
        _cluster.BringUp();
        await commit;
        Assert.Equal(["one", "two"], Topics.ReadText(_cluster.Connection, "words"));
        Assert.Equal(1, await writer.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task ABrokerThatStaysAwayEndsTheWriterAndTheNextOneFindsOut()
    {
        var impatient = new KafkaSinkOptions<string> { TransactionTimeout = TimeSpan.FromSeconds(1) };
        IWriteAheadSinkWriter<string> writer = await OpenAsync("a", impatient);
        await CommitAsync(writer, 1, "one");
        _cluster.TakeDown();
        await Assert.ThrowsAsync<KafkaStreamException>(async () => await CommitAsync(writer, 2, "two"));
        await Assert.ThrowsAsync<KafkaStreamException>(async () => await CommitAsync(writer, 2, "two"));
        _cluster.BringUp();
        await writer.DisposeAsync();
        await using IWriteAheadSinkWriter<string> next = await OpenAsync("a");
        Assert.Equal(1, await next.FindLastEpochAsync(Token));
        await CommitAsync(next, 2, "two");
        Assert.Equal(2, await next.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task EpochsAreWrittenInTheirOrderAndOnce()
    {
        await using IWriteAheadSinkWriter<string> writer = await OpenAsync("a");
        await CommitAsync(writer, 1, "one");
        await CommitAsync(writer, 1, "one");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await CommitAsync(writer, 3, "three"));
        await CommitAsync(writer, 2, "two");
        Assert.Equal(["one", "two"], Topics.ReadText(_cluster.Connection, "words"));
    }

    private static ValueTask CommitAsync(IWriteAheadSinkWriter<string> writer, long epoch, params string[] words)
    {
        long[] times = new long[words.Length];
        Array.Fill(times, Timestamp.MinValue.Ticks);
        return writer.CommitAsync(epoch, new SinkBatch<string>(words, times), Token);
    }

    private async Task<IWriteAheadSinkWriter<string>> OpenAsync(string id, KafkaSinkOptions<string>? options = null)
    {
        options = (options ?? new()) with { TransactionalId = id };
        ISink<string> sink = KafkaSink.To(_cluster.Connection, "words", KafkaFormat.Utf8, options);
        return (IWriteAheadSinkWriter<string>)await sink.OpenAsync(Context(), Token);
    }

    private SinkContext Context() => new("sink", TimeProvider.System, _log) { HasCheckpoints = true };
}

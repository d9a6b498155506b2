using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;
using Timestamp = StreamKit.Time.Timestamp;

namespace StreamKit.Kafka.Tests;

/// <summary>Brokers that are away, come back, or refuse.</summary>
public sealed class KafkaSinkFailureTests : IDisposable
{
    private readonly MockCluster _cluster = new();
    private readonly LogOfTests _log = new();

    public KafkaSinkFailureTests() => _cluster.CreateTopic("words", 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task ABrokerThatIsAwayWhenTheJobStartsIsNamedAfterAWhile()
    {
        _cluster.TakeDown();
        var options = new KafkaSinkOptions<string> { ConnectTimeout = TimeSpan.FromSeconds(1) };
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(() => OpenAsync(options));
        Assert.Contains("'words' could not be found within 00:00:01", error.Message, StringComparison.Ordinal);
        Assert.Contains(_cluster.BootstrapServers, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokerThatComesUpWhileTheJobStartsIsFound()
    {
        _cluster.TakeDown();
        Task<ISinkWriter<string>> opening = OpenAsync(new());
        await _log.WaitForAsync(LogLevel.Warning, Token);
        _cluster.BringUp();
        await using ISinkWriter<string> writer = await opening;
        await WriteAsync(writer, "one");
        await writer.FlushAsync(Token);
        Assert.Equal(["one"], Topics.ReadText(_cluster.Connection, "words"));
    }

    [Fact]
    public async Task AJobThatIsAbortedDoesNotWaitForABroker()
    {
        _cluster.TakeDown();
        using var abort = new CancellationTokenSource();
        Task<ISinkWriter<string>> opening = OpenAsync(new(), abort.Token);
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task WhatIsWrittenWhileTheBrokerIsAwayArrivesInOrderWhenItIsBack()
    {
        await using ISinkWriter<string> writer = await OpenAsync(new());
        await WriteAsync(writer, "one");
        await writer.FlushAsync(Token);
        _cluster.TakeDown();
        await WriteAsync(writer, "two", "three");
        Task flush = writer.FlushAsync(Token).AsTask();
        await _log.WaitForAsync(LogLevel.Warning, Token);
        Assert.False(flush.IsCompleted);
        _cluster.BringUp();
        await WriteAsync(writer, "four");
        await flush;
        await writer.FlushAsync(Token);
        Assert.Equal(["one", "two", "three", "four"], Topics.ReadText(_cluster.Connection, "words"));
    }

    [Fact]
    public async Task AFlushThatIsCancelledLeavesTheMessagesOnTheirWay()
    {
        await using ISinkWriter<string> writer = await OpenAsync(new());
        _cluster.TakeDown();
        await WriteAsync(writer, "one");
        using var abort = new CancellationTokenSource();
        Task flush = writer.FlushAsync(abort.Token).AsTask();
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush);
        _cluster.BringUp();
        await writer.FlushAsync(Token);
        Assert.Equal(["one"], Topics.ReadText(_cluster.Connection, "words"));
    }

    [Fact]
    public async Task AMessageThatNoBrokerTakesInTimeFailsTheFlushAndWhateverFollows()
    {
        var options = new KafkaSinkOptions<string>
        {
            DeliveryTimeout = TimeSpan.FromSeconds(1),
            Key = KafkaFormat.Utf8.Of((string word) => word + "!"),
        };
        await using ISinkWriter<string> writer = await OpenAsync(options);
        _cluster.TakeDown();
        await WriteAsync(writer, "one");
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await writer.FlushAsync(Token));
        Assert.Contains(
            "did not reach topic 'words' (partition 0, key: 4 bytes, value: 3 bytes): Local_MsgTimedOut",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("within 00:00:01", error.Message, StringComparison.Ordinal);
        Assert.Contains("DeliveryTimeout", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<KafkaStreamException>(async () => await WriteAsync(writer, "two"));
        await Assert.ThrowsAsync<KafkaStreamException>(async () => await writer.FlushAsync(Token));
    }

    [Fact]
    public async Task ErrorsThatPassAreTriedAgainAndNothingIsThereTwice()
    {
        await using ISinkWriter<string> writer = await OpenAsync(new());
        _cluster.FailNext(
            MockRequest.Produce,
            ErrorCode.NotLeaderForPartition,
            ErrorCode.RequestTimedOut,
            ErrorCode.NotEnoughReplicas);
        await WriteAsync(writer, "one", "two");
        await writer.FlushAsync(Token);
        Assert.Equal(["one", "two"], Topics.ReadText(_cluster.Connection, "words"));
    }

    [Theory]
    [InlineData(ErrorCode.MsgSizeTooLarge, "max.message.bytes")]
    [InlineData(ErrorCode.TopicAuthorizationFailed, "ACL WRITE")]
    [InlineData(ErrorCode.InvalidRecord, "option Key")]
    [InlineData(ErrorCode.InvalidTimestamp, "option Time")]
    public async Task WhatABrokerRefusesSaysWhatToDo(ErrorCode code, string advice)
    {
        await using ISinkWriter<string> writer = await OpenAsync(new());
        _cluster.FailNext(MockRequest.Produce, code);
        await WriteAsync(writer, "one");
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await writer.FlushAsync(Token));
        Assert.Contains(
            "topic 'words' (partition 0, key: none, value: 3 bytes)", error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMessageLongerThanAllowedIsRefusedBeforeItIsSent()
    {
        await using ISinkWriter<string> writer = await OpenAsync(new() { MaxMessageBytes = 1000 });
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(
            async () => await WriteAsync(writer, new string('x', 2000)));
        Assert.Contains("value: 2000 bytes): MsgSizeTooLarge", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartitionThatIsNotThereIsAnError()
    {
        await using ISinkWriter<string> writer = await OpenAsync(new() { Partition = static _ => 7 });
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(async () =>
        {
            await WriteAsync(writer, "one");
            await writer.FlushAsync(Token);
        });
        Assert.Contains("(partition 7, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("fewer partitions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATopicThatMayNotBeWrittenToFailsTheStartAtOnce()
    {
        _cluster.SetTopicError("words", ErrorCode.TopicAuthorizationFailed);
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(() => OpenAsync(new()));
        Assert.Contains("ACL WRITE", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASettingThatIsRefusedIsNamedWithoutItsSecrets()
    {
        // librdkafka repeats a value that it does not know.
        const string Setting = "sasl.oauthbearer.assertion.algorithm";
        var options = new KafkaSinkOptions<string>
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [Setting] = "hush-hush" },
        };
        KafkaStreamException error = await Assert.ThrowsAsync<KafkaStreamException>(() => OpenAsync(options));
        Assert.Contains($"\"***\" for configuration property \"{Setting}\"", error.Message, StringComparison.Ordinal);
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            Assert.DoesNotContain("hush", at.ToString(), StringComparison.Ordinal);
        }

        KafkaStreamException unknown = await Assert.ThrowsAsync<KafkaStreamException>(() => OpenAsync(new()
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["no.such.setting"] = "1" },
        }));
        Assert.Contains("no.such.setting", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWriterThatIsClosedWhileTheBrokerIsAwaySaysWhatItLeaves()
    {
        ISinkWriter<string> writer = await OpenAsync(new() { DeliveryTimeout = TimeSpan.FromSeconds(2) });
        _cluster.TakeDown();
        await WriteAsync(writer, "one");
        await writer.DisposeAsync();
        Assert.Contains(
            _log.Entries, entry => entry.Text.Contains("its last messages failed", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await WriteAsync(writer, "two"));
    }

    private static ValueTask WriteAsync(ISinkWriter<string> writer, params string[] words)
    {
        long[] times = new long[words.Length];
        Array.Fill(times, Timestamp.MinValue.Ticks);
        return writer.WriteAsync(new SinkBatch<string>(words, times), Token);
    }

    private async Task<ISinkWriter<string>> OpenAsync(
        KafkaSinkOptions<string> options, CancellationToken? token = null) =>
        await KafkaSink.To(_cluster.Connection, "words", KafkaFormat.Utf8, options)
            .OpenAsync(new SinkContext("sink", TimeProvider.System, _log), token ?? Token);
}

using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Kafka.Mock;
using StreamKit.Testing;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Brokers that are not there, go, and come back.</summary>
public sealed class BrokerTests : IDisposable
{
    private readonly KafkaCluster _cluster = new();
    private readonly LogOfTests _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task ABrokerThatIsNotThereYetIsWaitedFor()
    {
        string topic = _cluster.NewTopic();
        _cluster.WriteNumbers(topic, 0, 0, 2);
        _cluster.Mock.TakeDown();
        Task<SourceDriver<int>> opening = OpenAsync(topic, new());
        await LoggedAsync("no answer from Kafka yet");
        Assert.False(opening.IsCompleted);
        _cluster.Mock.BringUp();
        await using SourceDriver<int> driver = await opening;
        Assert.Equal([0, 1], await driver.Split.ReadCountAsync(2, Token));
    }

    [Fact]
    public async Task ABrokerThatIsWaitedForInVainIsNamed()
    {
        string topic = _cluster.NewTopic();
        _cluster.Mock.TakeDown();
        KafkaStreamException refused = await Assert.ThrowsAsync<KafkaStreamException>(
            () => OpenAsync(topic, new() { OpenTimeout = TimeSpan.FromMilliseconds(300) }));
        Assert.Contains(_cluster.Mock.BootstrapServers, refused.Message, StringComparison.Ordinal);
        Assert.Contains("did not answer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASettingThatIsRefusedIsNamedWithoutSecrets()
    {
        var connection = new KafkaConnection("localhost:1")
        {
            Settings = new Dictionary<string, string> { ["no.such.password"] = "hush-hush" },
        };
        KafkaStreamException refused = await Assert.ThrowsAsync<KafkaStreamException>(async () =>
            await SourceDriver.OpenAsync(
                KafkaSource.Values(connection, "topic", new NumberFormat()), cancellationToken: Token));
        Assert.Contains("no.such.password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpeningIsCancelledAtOnce()
    {
        string topic = _cluster.NewTopic();
        _cluster.Mock.TakeDown();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task opening = SourceDriver.OpenAsync(
            Source(topic, new() { OpenTimeout = Timeout.InfiniteTimeSpan }),
            new SourceDriverOptions { Logger = _log },
            cancel.Token).AsTask();
        await LoggedAsync("no answer from Kafka yet");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task ABrokerThatIsLostIsWaitedForAndNothingIsLostOrReadTwice(KafkaReadPath path)
    {
        string topic = _cluster.NewTopic();
        _cluster.WriteNumbers(topic, 0, 0, 2);
        await using SourceDriver<int> driver = await OpenAsync(topic, new() { Path = path });
        Assert.Equal([0, 1], await driver.Split.ReadCountAsync(2, Token));
        _cluster.Mock.TakeDown();
        Task<IReadOnlyList<int>> waiting = driver.Split.ReadCountAsync(3, Token).AsTask();
        await LoggedAsync("brokers are down");
        Assert.False(waiting.IsCompleted);
        _cluster.Mock.BringUp();
        _cluster.WriteNumbers(topic, 0, 2, 3);
        Assert.Equal([2, 3, 4], await waiting);
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task ARefusalThatNoAttemptMendsFailsTheJob(KafkaReadPath path)
    {
        string topic = _cluster.NewTopic();
        _cluster.WriteNumbers(topic, 0, 0, 2);
        var seen = new CollectingSink<int>();
        StreamBuilder builder = StreamBuilder.Create("refused");
        builder.From(Source(topic, new() { Path = path }), "in").To(seen, "out");
        await using StreamJob job = builder.Build().Start(new JobOptions());
        await Waiting.UntilAsync(() => seen.Records.Count == 2);
        _cluster.Mock.FailNext(MockRequest.Fetch, [.. Enumerable.Repeat(ErrorCode.TopicAuthorizationFailed, 20)]);
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => job.Completion.WaitAsync(Token));
        Assert.Contains("TopicAuthorizationFailed", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetriableRefusalsAreGotOver()
    {
        string topic = _cluster.NewTopic();
        _cluster.WriteNumbers(topic, 0, 0, 3);
        _cluster.Mock.FailNext(MockRequest.Fetch, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut);
        _cluster.Mock.FailNext(MockRequest.ListOffsets, ErrorCode.NotLeaderForPartition);
        await using SourceDriver<int> driver = await OpenAsync(topic, new() { StopAtEnd = true });
        Assert.Equal([0, 1, 2], await driver.ReadAllAsync(Token));
    }

    [Fact]
    public async Task AJobThatIsAbortedWhileTheBrokerIsAwayEnds()
    {
        string topic = _cluster.NewTopic();
        StreamBuilder builder = StreamBuilder.Create("aborted");
        var log = new LoggersOfTests(_log);
        builder.From(Source(topic, new()), "in").To(new CollectingSink<int>(), "out");
        await using StreamJob job = builder.Build().Start(new JobOptions { Loggers = log });
        await Waiting.UntilAsync(() => job.GetMetrics().Operators.Count > 0);
        _cluster.Mock.TakeDown();
        await LoggedAsync("brokers are down");
        await job.StopAsync(StopMode.Abort, Token);
    }

    private ISource<int> Source(string topic, KafkaSourceOptions options) =>
        KafkaSource.Values(_cluster.Connection, topic, new NumberFormat(), options);

    private Task<SourceDriver<int>> OpenAsync(string topic, KafkaSourceOptions options) => SourceDriver.OpenAsync(
        Source(topic, options), new SourceDriverOptions { Logger = _log }, Token).AsTask();

    private Task LoggedAsync(string text) => Waiting.UntilAsync(
        () => _log.Entries.Any(entry => entry.Text.Contains(text, StringComparison.Ordinal)));
}

using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Kafka.Tests;

/// <summary>Whole jobs that write to Kafka.</summary>
public sealed class SinkJobTests : IDisposable
{
    private const int Count = 3000;

    private readonly MockCluster _cluster = new();
    private readonly LogOfTests _log = new();

    public SinkJobTests() => _cluster.CreateTopic("results", 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Expected { get; } =
        [.. Enumerable.Range(0, Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task ABrokerThatIsLostForAWhileDelaysTheResultsAndTheCheckpoints()
    {
        var down = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(Enumerable.Range(0, Count).ToArray(), "numbers")
            .Select(i =>
            {
                if (i == Count / 2)
                {
                    _cluster.TakeDown();
                    down.SetResult();
                }

                return i.ToString(CultureInfo.InvariantCulture);
            })
            .To(KafkaSink.To(_cluster.Connection, "results", KafkaFormat.Utf8), "results");
        await using StreamJob job = builder.Build().Start(Options(SinkGuarantee.AtLeastOnce));
        await down.Task.WaitAsync(Token);
        await _log.WaitForAsync(LogLevel.Warning, Token);
        _cluster.BringUp();
        await job.Completion.WaitAsync(Token);
        Assert.Equal(0, job.GetCheckpointStatus().Restarts);
        Assert.Equal(Expected, Topics.ReadText(_cluster.Connection, "results"));
    }

    [Fact]
    public async Task ABrokerThatIsLostForTooLongRestartsTheJobAndNoResultIsMissing()
    {
        int falls = 0;
        var down = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(Enumerable.Range(0, Count).ToArray(), "numbers")
            .Select(i =>
            {
                if (i == Count / 2 && Interlocked.Increment(ref falls) == 1)
                {
                    _cluster.TakeDown();
                    down.SetResult();
                }

                return i.ToString(CultureInfo.InvariantCulture);
            })
            .To(
                KafkaSink.To(_cluster.Connection, "results", KafkaFormat.Utf8, new KafkaSinkOptions<string>
                {
                    DeliveryTimeout = TimeSpan.FromSeconds(1),
                }),
                "results");
        await using StreamJob job = builder.Build().Start(Options(SinkGuarantee.AtLeastOnce));
        await down.Task.WaitAsync(Token);
        await _log.WaitForAsync("Local_MsgTimedOut", Token);
        _cluster.BringUp();
        await job.Completion.WaitAsync(Token);
        Assert.True(job.GetCheckpointStatus().Restarts > 0);
        Assert.Equal(Expected.Order(), Topics.ReadText(_cluster.Connection, "results").Distinct().Order());
    }

    [Fact]
    public async Task EveryRecordIsThereOnceAlthoughTheJobFailsAgainAndAgain()
    {
        // Failures lie between transactions, never within: of those taken back a mock shows what brokers would hide.
        _cluster.CreateTopic("__streamkit_commits", 1);
        int failAt = 0;
        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(Enumerable.Range(0, Count).ToArray(), "numbers")
            .Select(i =>
            {
                if (i >= failAt && failAt < Count)
                {
                    failAt += 500;
                    throw new InvalidDataException($"record {i}");
                }

                return i.ToString(CultureInfo.InvariantCulture);
            })
            .To(
                KafkaSink.To(_cluster.Connection, "results", KafkaFormat.Utf8, new KafkaSinkOptions<string>
                {
                    TransactionalId = "numbers-results",
                }),
                "results");
        await using StreamJob job = builder.Build().Start(Options(SinkGuarantee.ExactlyOnce) with { BatchSize = 16 });
        await job.Completion.WaitAsync(Token);
        Assert.Equal(6, job.GetCheckpointStatus().Restarts);
        Assert.Equal(Expected, Topics.ReadText(_cluster.Connection, "results"));
    }

    [Fact]
    public async Task ACompactedTopicEndsWithTheNewestResultOfEachWindow()
    {
        // The last record is late, within what is allowed: the first window says its result again.
        (string Word, long Second)[] words = [("a", 1), ("a", 2), ("b", 3), ("a", 70), ("a", 4)];
        StreamBuilder builder = StreamBuilder.Create("words");
        builder.From(words, "words")
            .WithEventTime(word => Timestamp.FromUnixTimeSeconds(word.Second), Watermarks.Monotonic())
            .KeyBy(word => word.Word)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .AllowLateness(TimeSpan.FromMinutes(5))
            .Panes(PaneMode.Retracting)
            .Count()
            .To(
                KafkaSink.Upsert(
                    _cluster.Connection,
                    "results",
                    KafkaFormat.Utf8.Of((WindowResult<string, long> result) =>
                        $"{result.Key}@{result.Window.Start.Minute}"),
                    KafkaFormat.BigEndian64.Of((WindowResult<string, long> result) => result.Value),
                    new KafkaSinkOptions<WindowResult<string, long>>
                    {
                        IsTombstone = static result => result.Pane.IsRetraction,
                    }),
                "results");
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 1, BatchSize = 1 });
        await job.Completion.WaitAsync(Token);
        (string Key, long? Value)[] read =
        [
            .. Topics.ReadAll(_cluster.Connection, "results").Select(read => (
                Encoding.UTF8.GetString(read.Message.Key!),
                read.Message.Value is { } value ? KafkaFormat.BigEndian64.Deserialize(value) : (long?)null)),
        ];
        Assert.Equal(
            [("a@0", 2), ("b@0", 1), ("a@0", null), ("a@0", 3), ("a@1", 1)],
            read.Select(result => (result.Key, result.Value)));
    }

    private JobOptions Options(SinkGuarantee require) => new()
    {
        BatchSize = 64,
        Loggers = new LoggersOfTests(_log),
        Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromMilliseconds(20)) with
        {
            Require = require,
        },
        Restart = RestartStrategy.Fixed(100, TimeSpan.FromMilliseconds(100)),
    };
}

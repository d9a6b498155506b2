using StreamKit.Checkpointing;
using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>A job that counts the records of a log by key in windows of ten seconds, again and again.</summary>
internal sealed class CheckpointedJob
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly Comparer<(string Key, Window Window, long)> s_order =
        Comparer<(string Key, Window Window, long)>.Create(static (one, other) =>
            (one.Window.Start, one.Key).CompareTo((other.Window.Start, other.Key)));

    public FedLog Log { get; } = new();

    public ScriptedStore Store { get; } = new();

    public VirtualTime Time { get; } = new();

    public RecordingLoggers Loggers { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The counts of all windows of records that were fed second by second.</summary>
    public static IEnumerable<(string, Window, long)> CountsOf(IEnumerable<int> seconds, int keys = 3) => seconds
        .GroupBy(second => (Key: $"k{second % keys}", Start: second / 10 * 10))
        .Select(static group => (group.Key.Key, WindowAt(group.Key.Start), group.LongCount()))
        .Order(s_order);

    public static IEnumerable<(string, Window, long)> Sorted(
        params IEnumerable<CollectingSink<WindowResult<string, long>>> sinks) => sinks
        .SelectMany(static sink => sink.Records)
        .Select(static r => (r.Key, r.Window, r.Value))
        .Order(s_order);

    // Time runs as fast as a test can make it, so no checkpoint is to take too long.
    public CheckpointOptions Options() => new() { Store = Store, Every = Hour, Timeout = TimeSpan.FromDays(10_000) };

    public JobOptions JobOptions(CheckpointOptions? checkpoints = null) => new()
    {
        Parallelism = 2,
        Clock = Time,
        Loggers = Loggers,
        Checkpoints = checkpoints ?? Options(),
        Restart = RestartStrategy.None,
    };

    public StreamJob Start(
        CollectingSink<WindowResult<string, long>> sink,
        JobOptions? options = null,
        Func<DataStream<At>, DataStream<At>>? first = null,
        string name = "counts") => Pipeline(sink, first, name).Start(options ?? JobOptions());

    public StreamPipeline Pipeline(
        CollectingSink<WindowResult<string, long>> sink,
        Func<DataStream<At>, DataStream<At>>? first = null,
        string? name = "counts")
    {
        StreamBuilder builder = StreamBuilder.Create("counting");
        DataStream<At> read = builder.From(Log, "log");
        DataStream<WindowResult<string, long>> counts = (first?.Invoke(read) ?? read)
            .WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time")
            .KeyBy(static record => record.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Count();
        (name is null ? counts : counts.Named(name)).To(sink, "out");
        return builder.Build();
    }

    public Task<IReadOnlyList<StoredCheckpoint>> ListAsync() =>
        Checkpoints.ListAsync(Store, "counting", Token).AsTask();

    /// <summary>Waits until the source has handed so many records on.</summary>
    public static Task ReadAsync(StreamJob job, int records) => Eventually.TrueAsync(
        () => job.GetMetrics().Of("log").Sum(static o => o.RecordsOut) == records, $"{records} records are read");

    /// <summary>Lets time run until the job has completed a checkpoint of its own accord.</summary>
    public Task TakeByTimeAsync(StreamJob job) => Eventually.TrueAsync(
        () =>
        {
            bool done = job.GetCheckpointStatus().Completed > 0;
            if (!done)
            {
                Time.Advance(Hour);
            }

            return done;
        },
        "a checkpoint is complete");

    /// <summary>Waits until a job that was started takes checkpoints.</summary>
    public static Task RunsAsync(StreamJob job) =>
        Eventually.TrueAsync(() => job.IsTakingCheckpoints, "the job has started");

    private static Window WindowAt(int start) =>
        new(Timestamp.FromUnixTimeSeconds(start), Timestamp.FromUnixTimeSeconds(start + 10));
}

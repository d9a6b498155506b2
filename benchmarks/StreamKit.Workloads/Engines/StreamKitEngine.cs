using StreamKit.Time;
using StreamKit.Windowing;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines;

/// <summary>
/// StreamKit through its public API, as a user would write it: event time, watermarks and late checks on.
/// </summary>
internal sealed class StreamKitEngine : IEngine
{
    public string Name => "StreamKit";

    public bool Supports(string workload, RunOptions options) =>
        workload is "W1" or "W2" or "W3" or "W4" or "W5" or "W6" or "W7";

    public Task<Checksum> RunAsync(Workload workload, RunOptions options) => workload switch
    {
        SingleInputWorkload<Event> { Name: "W1" } w1 => CountAndSumAsync(w1.Input, options),
        SingleInputWorkload<TextEvent> w2 => CountAndSumAsync(w2.Input, options),
        SingleInputWorkload<Event> { Name: "W3" } w3 => SlidingSumAsync(w3.Input, options),
        SingleInputWorkload<Event> { Name: "W4" } w4 => SessionsAsync(w4.Input, options),
        SingleInputWorkload<Event> { Name: "W5" } w5 => SlidingMaximumAsync(w5.Input, options),
        SingleInputWorkload<TweetRecord> w6 => CountTagsAsync(w6.Input, options),
        JoinWorkload w7 => JoinAsync(w7.Left, w7.Right, options),
        _ => throw new NotSupportedException($"{Name} does not run {workload.Name}"),
    };

    private static Task<Checksum> CountAndSumAsync(Event[] input, RunOptions options) => RunAsync(
        input,
        static stream => stream
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic())
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Aggregate(a => new Totals(a.Count(), a.Sum(e => e.Value))),
        static (ref Checksum sum, WindowResult<int, Totals> r) => sum.Add(
            Milliseconds(r.Window.StartTime), (uint)r.Key, r.Value.Count, r.Value.Sum),
        options);

    private static Task<Checksum> CountAndSumAsync(TextEvent[] input, RunOptions options) => RunAsync(
        input,
        static stream => stream
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic())
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Aggregate(a => new Totals(a.Count(), a.Sum(e => e.Value))),
        static (ref Checksum sum, WindowResult<string, Totals> r) => sum.Add(
            Milliseconds(r.Window.StartTime), Checksum.Fingerprint(r.Key), r.Value.Count, r.Value.Sum),
        options);

    private static Task<Checksum> SlidingSumAsync(Event[] input, RunOptions options) => RunAsync(
        input,
        static stream => stream
            .WithEventTime(
                e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs),
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Hopping(size: TimeSpan.FromSeconds(10), every: TimeSpan.FromSeconds(1)))
            .Sum(e => e.Value),
        static (ref Checksum sum, WindowResult<int, long> r) => sum.Add(
            Milliseconds(r.Window.StartTime), (uint)r.Key, 0, r.Value),
        options);

    private static Task<Checksum> SessionsAsync(Event[] input, RunOptions options) => RunAsync(
        input,
        static stream => stream
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic())
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Session(TimeSpan.FromSeconds(30)))
            .Aggregate(a => new Totals(a.Count(), a.Sum(e => e.Value))),
        static (ref Checksum sum, WindowResult<int, Totals> r) => sum.Add(
            Milliseconds(r.Window.EndTime), (uint)r.Key, r.Value.Count, r.Value.Sum),
        options);

    private static Task<Checksum> SlidingMaximumAsync(Event[] input, RunOptions options) => RunAsync(
        input,
        static stream => stream
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic())
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Hopping(size: TimeSpan.FromSeconds(60), every: TimeSpan.FromSeconds(1)))
            .Max(e => e.Value),
        static (ref Checksum sum, WindowResult<int, int> r) => sum.Add(
            Milliseconds(r.Window.StartTime), (uint)r.Key, r.Value, 0),
        options);

    private static Task<Checksum> CountTagsAsync(TweetRecord[] input, RunOptions options) => RunAsync(
        input,
        static stream => stream
            .WithEventTime(t => Timestamp.FromUnixTimeMilliseconds(t.TimestampMs), Watermarks.Monotonic())
            .Where(t => t.Language < 8)
            .Select(t => new Scored((t.Followers * 2) + 1, t.Tags))
            .Select(t => (t.Score & 7) == 5 ? [] : t.Tags)
            .Pipelined()
            .SelectMany(tags => tags)
            .WindowAll(TimeWindows.Global())
            .Aggregate(a => new Totals(a.Count(), a.Sum(tag => tag.Length))),
        static (ref Checksum sum, WindowResult<Records.Unit, Totals> r) => sum.Add(0, 0, r.Value.Count, r.Value.Sum),
        options);

    private static Task<Checksum> JoinAsync(Event[] left, Event[] right, RunOptions options) => RunAsync(
        builder => Timed(builder.From(left, "left")).KeyBy(e => e.Key)
            .Join(Timed(builder.From(right, "right")).KeyBy(e => e.Key))
            .Within(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Select((l, r, window) => new Joined(Milliseconds(window.EndTime), l.Key, l.Value, r.Value)),
        static (ref Checksum sum, Joined row) => sum.Add(row.EndMs, (uint)row.Key, row.Left, row.Right),
        options);

    // The inputs arrive left, right, left, right, so neither may run far ahead of the other.
    private static DataStream<Event> Timed(DataStream<Event> stream) => stream.WithEventTime(
        e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs),
        Watermarks.Monotonic().WithAlignment("inputs", maxDrift: TimeSpan.FromSeconds(1)));

    private static Task<Checksum> RunAsync<TIn, T>(
        TIn[] input,
        Func<DataStream<TIn>, DataStream<T>> program,
        AddRow<T> add,
        RunOptions options) => RunAsync(builder => program(builder.From(input)), add, options);

    private static async Task<Checksum> RunAsync<T>(
        Func<StreamBuilder, DataStream<T>> program, AddRow<T> add, RunOptions options)
    {
        var sum = default(Checksum);
        StreamBuilder builder = StreamBuilder.Create("workload");
        program(builder).ForEach(row => add(ref sum, row));
        await using StreamJob job = builder.Build().Start(
            new JobOptions { Parallelism = options.Lanes, BatchSize = options.Batch });
        await job.Completion;
        return sum;
    }

    private static long Milliseconds(Timestamp timestamp) => timestamp.Ticks / TimeSpan.TicksPerMillisecond;

    private delegate void AddRow<T>(ref Checksum sum, T row);

    private readonly record struct Joined(long EndMs, int Key, int Left, int Right);

    private readonly record struct Totals(long Count, long Sum);

    private readonly record struct Scored(int Score, string[] Tags);
}

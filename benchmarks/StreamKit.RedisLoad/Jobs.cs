using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Redis;
using StreamKit.Windowing;

namespace StreamKit.RedisLoad;

/// <summary>The same through jobs.</summary>
internal sealed class Jobs(RedisConnection connection, int count)
{
    private readonly int[] _numbers = [.. Enumerable.Range(0, count)];

    private readonly WindowResult<string, long>[] _results =
    [
        .. Enumerable.Range(0, count)
            .Select(i => new WindowResult<string, long>(Load.KeyOf(i), Load.WindowOf(i), i, default)),
    ];

    public Task HashesAsync() =>
        RunAsync(_results, RedisSink.Hash<string, long>(connection, "counts:{start}"), null);

    public Task StreamAsync(bool exactlyOnce) => RunAsync(
        _numbers,
        RedisSink.Stream<int>(
            connection, "stream", Load.EntryOf, new RedisStreamSinkOptions { ExactlyOnce = exactlyOnce }),
        exactlyOnce ? SinkGuarantee.ExactlyOnce : null);

    public Task TotalsAsync() => RunAsync(
        _numbers,
        RedisSink.Increment<int>(connection, "totals", static i => Load.KeyOf(i), static i => i),
        SinkGuarantee.ExactlyOnce);

    private static async Task RunAsync<T>(T[] records, ISink<T> sink, SinkGuarantee? required)
    {
        StreamBuilder builder = StreamBuilder.Create("load");
        builder.From(records, "records").To(sink, "redis");
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Parallelism = 1,
            Checkpoints = required is null
                ? null
                : Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromMilliseconds(200)) with
                {
                    Require = required,
                },
        });
        await job.Completion;
    }
}

using StreamKit.Connectors;
using StreamKit.Files;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Kafka.Rebalance;

/// <summary>The program of one member: it counts what the group gives to it, and writes exactly once.</summary>
internal static class Member
{
    public const string Topic = "records";
    public const string Group = "counters";

    /// <summary>Counts until the standard input ends; then drains.</summary>
    /// <param name="servers">Where the brokers are.</param>
    /// <param name="folder">Where checkpoints and output are; an earlier life goes on from there.</param>
    public static async Task RunAsync(string servers, string folder)
    {
        StreamBuilder builder = StreamBuilder.Create("counts");
        builder.From(
            KafkaSource.Values(
                new KafkaConnection(servers),
                Topic,
                KafkaFormat.BigEndian64,
                new KafkaSourceOptions
                {
                    Group = new KafkaGroup(Group) { Protocol = KafkaGroupProtocol.Broker },
                    BufferedRecords = 8_192,
                }),
            "records")
            .WithEventTime(
                static number => Timestamp.FromUnixTimeMilliseconds(Tally.TimeOf((int)number)),
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(1)).WithIdleness(TimeSpan.FromSeconds(1)))
            .Named("time")
            .KeyBy(static number => Tally.KeyOf((int)number))
            .Window(TimeWindows.Tumbling(TimeSpan.FromMilliseconds(Tally.WindowMilliseconds)))
            .SideOutputLate(out DataStream<Late<long>> late)
            .Count()
            .Named("counts")
            .Select(static count => Tally.Line(
                count.Window.Start.ToUnixTimeMilliseconds(), count.Key, count.Value))
            .To(Lines(folder, "counts"), "count-lines");
        late.Select(static record => Tally.Line(
                Tally.WindowOf(Tally.TimeOf((int)record.Value)), Tally.KeyOf((int)record.Value), 1))
            .To(Lines(folder, "late"), "late-lines");
        CheckpointOptions checkpoints =
            Checkpoints.InDirectory(Path.Combine(folder, "checkpoints"), TimeSpan.FromMilliseconds(250));
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Parallelism = 1,
            Checkpoints = checkpoints with { Require = SinkGuarantee.ExactlyOnce },
            Loggers = new MemberLog(),
        });
        Task left = Task.Run(Console.In.ReadToEndAsync);
        await Task.WhenAny(left, job.Completion);
        await job.StopAsync(StopMode.Drain);
    }

    private static ISink<string> Lines(string folder, string name) => FileSink.Lines(
        Path.Combine(folder, "out", name + "-{0:000000}.txt"), new FileSinkOptions { ExactlyOnce = true });
}

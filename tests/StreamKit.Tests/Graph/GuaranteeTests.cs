using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Tests.Runtime;
using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

public sealed class GuaranteeTests
{
    [Theory]
    [InlineData(Replayability.Full, SinkGuarantee.AtLeastOnce, SinkGuarantee.AtLeastOnce, "no result is missing")]
    [InlineData(Replayability.Full, SinkGuarantee.Idempotent, SinkGuarantee.Idempotent, "replaces itself")]
    [InlineData(Replayability.Full, SinkGuarantee.ExactlyOnce, SinkGuarantee.ExactlyOnce, "exactly once")]
    [InlineData(Replayability.Bounded, SinkGuarantee.AtLeastOnce, SinkGuarantee.AtLeastOnce, "as long as the source")]
    [InlineData(Replayability.Bounded, SinkGuarantee.Idempotent, SinkGuarantee.Idempotent, "as long as the source")]
    [InlineData(Replayability.Bounded, SinkGuarantee.ExactlyOnce, SinkGuarantee.ExactlyOnce, "as long as the source")]
    [InlineData(Replayability.None, SinkGuarantee.AtLeastOnce, null, "lost after a failure, because")]
    [InlineData(Replayability.None, SinkGuarantee.Idempotent, null, "nothing is there twice")]
    [InlineData(Replayability.None, SinkGuarantee.ExactlyOnce, null, "nothing is there twice")]
    public async Task APairKeepsTheLessOfSourceAndSink(
        Replayability replay, SinkGuarantee sink, SinkGuarantee? kept, string words)
    {
        await using StreamJob job = Pipeline(replay, sink).Start(Options(null));
        DeliveryGuarantee guarantee = Assert.Single(job.Guarantees);
        Assert.Equal(("numbers", "out", kept), (guarantee.Source, guarantee.Sink, guarantee.Kept));
        Assert.Contains(words, guarantee.ToString(), StringComparison.Ordinal);
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task NothingIsKeptWithoutCheckpoints()
    {
        await using StreamJob job = Pipeline(Replayability.Full, SinkGuarantee.AtLeastOnce).Start();
        Assert.Null(Assert.Single(job.Guarantees).Kept);
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Theory]
    [InlineData(Replayability.Full, SinkGuarantee.AtLeastOnce, SinkGuarantee.Idempotent, "be a sink that upserts")]
    [InlineData(Replayability.Full, SinkGuarantee.Idempotent, SinkGuarantee.ExactlyOnce, "FileSinkOptions.ExactlyOnce")]
    [InlineData(Replayability.None, SinkGuarantee.ExactlyOnce, SinkGuarantee.AtLeastOnce, "Let 'numbers' be a source")]
    public void AJobThatCannotKeepWhatIsRequiredDoesNotStart(
        Replayability replay, SinkGuarantee sink, SinkGuarantee required, string cure)
    {
        StreamPipeline pipeline = Pipeline(replay, sink);
        var refused = Assert.Throws<PipelineException>(() => pipeline.Start(Options(required)));
        Assert.Contains(cure, Assert.Single(refused.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryPairIsLookedAtAlsoBehindMergesAndLateStreams()
    {
        StreamBuilder builder = StreamBuilder.Create("pairs");
        DataStream<At> both = builder.From(new Source(Replayability.Full), "log")
            .Merge(builder.From(new Source(Replayability.None), "ticks"));
        both.WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time")
            .KeyBy(at => at.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .SideOutputLate(out DataStream<Late<At>> late)
            .Count().Named("counts")
            .ForEach(_ => { }, "counted");
        late.ForEach(_ => { }, "late");
        var refused = Assert.Throws<PipelineException>(() => builder.Build().Start(Options(SinkGuarantee.AtLeastOnce)));
        Assert.Equal(2, refused.Mistakes.Count);
        Assert.All(refused.Mistakes, mistake => Assert.Contains("from 'ticks' to", mistake, StringComparison.Ordinal));
    }

    private static JobOptions Options(SinkGuarantee? required) => new()
    {
        Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromHours(1)) with { Require = required },
    };

    private static StreamPipeline Pipeline(Replayability replay, SinkGuarantee guarantee)
    {
        StreamBuilder builder = StreamBuilder.Create("pair");
        builder.From(new Source(replay), "numbers").To(new Sink(guarantee), "out");
        return builder.Build();
    }

    private sealed class Source(Replayability replay) : ISource<At>
    {
        public Replayability Replayability => replay;

        public ValueTask<IReadOnlyList<ISplitReader<At>>> OpenAsync(
            SourceContext<At> context, CancellationToken cancellationToken) => new([]);
    }

    private sealed class Sink(SinkGuarantee guarantee) : ISink<At>
    {
        public SinkMode Mode => SinkMode.Append;

        public SinkGuarantee Guarantee => guarantee;

        public ValueTask<ISinkWriter<At>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
            guarantee == SinkGuarantee.ExactlyOnce
                ? new KeptEpochs<At>().OpenAsync(context, cancellationToken)
                : new CollectingSink<At>().OpenAsync(context, cancellationToken);
    }
}

using StreamKit.Connectors;
using StreamKit.Graph;
using StreamKit.Testing.Running;
using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <summary>Runs a pipeline inside a test, step by step, without a clock, a thread or a wait.</summary>
/// <example><code>
/// using var test = StreamTest.For((DataStream&lt;Click&gt; clicks) => clicks
///     .WithEventTime(click => click.At, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
///     .KeyBy(click => click.UserId).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10))).Count());
/// test.Push(at: 9, new Click("a")).Watermark(10).ExpectPanes(Expected.Pane("a", 0, 10, 1L)).ExpectNoState();
/// </code></example>
public static partial class StreamTest
{
    private const string InputName = "input";

    /// <summary>A test of a pipeline with one stream of results.</summary>
    /// <typeparam name="TIn">The type of the records that are pushed.</typeparam>
    /// <typeparam name="TOut">The type of the results.</typeparam>
    /// <param name="pipeline">Writes the pipeline down; its delegates must be pure, because
    /// they run in replays too.</param>
    /// <param name="options">How the test runs; null: the defaults.</param>
    /// <exception cref="PipelineException">The pipeline is wrong; the message lists every
    /// mistake and what to do.</exception>
    public static StreamTest<TIn, TOut> For<TIn, TOut>(
        Func<DataStream<TIn>, DataStream<TOut>> pipeline, StreamTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new StreamTestOptions();
        DataStream<TIn> input = Input<TIn>();
        var outputs = new CaptureSink<TOut>();
        pipeline(input).To(outputs, "results");
        return new StreamTest<TIn, TOut>(Setup(input, options), outputs, options);
    }

    /// <summary>A test of a pipeline with a stream of results and one of late records.</summary>
    /// <typeparam name="TIn">The type of the records that are pushed.</typeparam>
    /// <typeparam name="TOut">The type of the results.</typeparam>
    /// <typeparam name="TLate">The type of the records that can be late.</typeparam>
    /// <param name="pipeline">
    /// Writes the pipeline down and returns its results and the stream that <c>SideOutputLate</c> gave; its delegates
    /// must be pure, because they run in replays too.
    /// </param>
    /// <param name="options">How the test runs; null: the defaults.</param>
    /// <exception cref="PipelineException">The pipeline is wrong; the message lists every
    /// mistake and what to do.</exception>
    public static StreamTest<TIn, TOut, TLate> For<TIn, TOut, TLate>(
        Func<DataStream<TIn>, (DataStream<TOut> Results, DataStream<Late<TLate>> Late)> pipeline,
        StreamTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new StreamTestOptions();
        DataStream<TIn> input = Input<TIn>();
        var outputs = new CaptureSink<TOut>();
        var late = new CaptureSink<Late<TLate>>();
        (DataStream<TOut> results, DataStream<Late<TLate>> lateStream) = pipeline(input);
        results.To(outputs, "results");
        lateStream.To(late, "late-records");
        return new StreamTest<TIn, TOut, TLate>(Setup(input, options), outputs, late, options);
    }

    private static DataStream<TIn> Input<TIn>() => StreamBuilder.Create("test").From(new EmptySource<TIn>(), InputName);

    private static RunSetup<TIn> Setup<TIn>(DataStream<TIn> input, StreamTestOptions options)
    {
        Check(options);
        input.Builder.Build();
        StreamGraph graph = input.Builder.Graph;
        if (graph.Nodes.OfType<ISourceNode>().Count() > 1)
        {
            throw new ArgumentException("A stream test drives one input: make others from it with Where and Select.");
        }

        var source = (SourceNode<TIn>)input.Node;
        return new RunSetup<TIn>(graph, plan => plan.Open(source))
        {
            GeneratesWatermarks = options.GenerateWatermarks,
            StartTicks = StartOf(options),
        };
    }

    private static long StartOf(StreamTestOptions options) => options.Start.UtcTicks - DateTime.UnixEpoch.Ticks;

    private static void Check(StreamTestOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Unit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(options.RandomReplays);
        foreach (int lanes in options.Lanes)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lanes);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(lanes, State.KeyGroups.Count);
        }
    }
}

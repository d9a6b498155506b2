using StreamKit.Connectors;
using StreamKit.Graph;
using StreamKit.Testing.Running;
using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <content>Tests of pipelines with two inputs.</content>
public static partial class StreamTest
{
    /// <summary>A test of a pipeline that brings two inputs together.</summary>
    /// <typeparam name="TLeft">The type of the records of the first input.</typeparam>
    /// <typeparam name="TRight">The type of the records of the second input.</typeparam>
    /// <typeparam name="TOut">The type of the results.</typeparam>
    /// <param name="pipeline">Writes the pipeline down; its delegates must be pure, because
    /// they run in replays too.</param>
    /// <param name="options">How the test runs; null: the defaults.</param>
    /// <exception cref="PipelineException">The pipeline is wrong; the message lists every
    /// mistake and what to do.</exception>
    /// <example><code>
    /// using var test = StreamTest.For((DataStream&lt;Order&gt; orders, DataStream&lt;Payment&gt; payments) => orders
    ///     .KeyBy(o => o.Id).Join(payments.KeyBy(p => p.OrderId))
    ///     .Within(TimeWindows.Tumbling(TimeSpan.FromSeconds(10))).Select((o, p) => p.Amount));
    /// test.PushLeft(at: 1, new Order("a")).PushRight(at: 3, new Payment("a", 5)).Watermark(10).ExpectOutput(5);
    /// </code></example>
    public static JoinTest<TLeft, TRight, TOut> For<TLeft, TRight, TOut>(
        Func<DataStream<TLeft>, DataStream<TRight>, DataStream<TOut>> pipeline, StreamTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new StreamTestOptions();
        DataStream<TLeft> left = LeftInput<TLeft>();
        DataStream<TRight> right = RightInput<TRight>();
        var outputs = new CaptureSink<TOut>();
        pipeline(left, right).To(outputs, "results");
        return new JoinTest<TLeft, TRight, TOut>(Setup(left, right, options), outputs, null, null, options);
    }

    /// <summary>A test of a pipeline that brings two inputs together, with the late records of both.</summary>
    /// <typeparam name="TLeft">The type of the records of the first input.</typeparam>
    /// <typeparam name="TRight">The type of the records of the second input.</typeparam>
    /// <typeparam name="TOut">The type of the results.</typeparam>
    /// <param name="pipeline">
    /// Writes the pipeline down and returns its results and the streams that <c>SideOutputLate</c> gave; its delegates
    /// must be pure, because they run in replays too.
    /// </param>
    /// <param name="options">How the test runs; null: the defaults.</param>
    /// <exception cref="PipelineException">The pipeline is wrong; the message lists every
    /// mistake and what to do.</exception>
    public static JoinTest<TLeft, TRight, TOut> For<TLeft, TRight, TOut>(
        Func<DataStream<TLeft>, DataStream<TRight>,
            (DataStream<TOut> Results, DataStream<Late<TLeft>> Left, DataStream<Late<TRight>> Right)> pipeline,
        StreamTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new StreamTestOptions();
        DataStream<TLeft> left = LeftInput<TLeft>();
        DataStream<TRight> right = RightInput<TRight>();
        var outputs = new CaptureSink<TOut>();
        var lateLeft = new CaptureSink<Late<TLeft>>();
        var lateRight = new CaptureSink<Late<TRight>>();
        var (results, leftStream, rightStream) = pipeline(left, right);
        results.To(outputs, "results");
        leftStream.To(lateLeft, "late-left-records");
        rightStream.To(lateRight, "late-right-records");
        return new JoinTest<TLeft, TRight, TOut>(Setup(left, right, options), outputs, lateLeft, lateRight, options);
    }

    private static DataStream<T> LeftInput<T>() => StreamBuilder.Create("test").From(new EmptySource<T>(), "left");

    private static DataStream<T> RightInput<T>() => StreamBuilder.Create("test").From(new EmptySource<T>(), "right");

    private static RunSetup<InputOfTwo<TLeft, TRight>> Setup<TLeft, TRight>(
        DataStream<TLeft> left, DataStream<TRight> right, StreamTestOptions options)
    {
        Check(options);
        left.Builder.Build();
        StreamGraph graph = left.Builder.Graph;
        if (!ReferenceEquals(graph, right.Builder.Graph) || graph.Nodes.OfType<ISourceNode>().Count() > 2)
        {
            throw new ArgumentException(
                "This stream test drives two inputs: bring both together in one pipeline, and make others from them.");
        }

        var leftSource = (SourceNode<TLeft>)left.Node;
        var rightSource = (SourceNode<TRight>)right.Node;
        return new RunSetup<InputOfTwo<TLeft, TRight>>(
            graph,
            plan => new TwoInputs<TLeft, TRight>(plan.Open(leftSource), plan.Open(rightSource), plan.BatchSize))
        {
            GeneratesWatermarks = options.GenerateWatermarks,
            StartTicks = StartOf(options),
            IsOrderFree = true,
        };
    }
}

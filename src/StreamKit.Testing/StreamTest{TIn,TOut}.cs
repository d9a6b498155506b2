using StreamKit.Testing.Running;

namespace StreamKit.Testing;

/// <summary>A test of a pipeline with one stream of results; made by <see cref="StreamTest"/>.</summary>
/// <typeparam name="TIn">The type of the records that are pushed.</typeparam>
/// <typeparam name="TOut">The type of the results.</typeparam>
public sealed class StreamTest<TIn, TOut> : StreamTestBase<StreamTest<TIn, TOut>, TIn, TOut>
{
    internal StreamTest(RunSetup<TIn> setup, CaptureSink<TOut> outputs, StreamTestOptions options)
        : base(setup, outputs, options)
    {
    }
}

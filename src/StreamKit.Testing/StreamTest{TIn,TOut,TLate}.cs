using StreamKit.Testing.Running;
using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <summary>A test of a pipeline with a stream of results and one of late records; made by
/// <see cref="StreamTest"/>.</summary>
/// <typeparam name="TIn">The type of the records that are pushed.</typeparam>
/// <typeparam name="TOut">The type of the results.</typeparam>
/// <typeparam name="TLate">The type of the records that can be late.</typeparam>
public sealed class StreamTest<TIn, TOut, TLate> : StreamTestBase<StreamTest<TIn, TOut, TLate>, TIn, TOut>
{
    private readonly Capture<TIn, Late<TLate>> _late;

    internal StreamTest(
        RunSetup<TIn> setup, CaptureSink<TOut> outputs, CaptureSink<Late<TLate>> late, StreamTestOptions options)
        : base(setup, outputs, options) => _late = Follow(late, "late records");

    /// <summary>All late records so far.</summary>
    public IReadOnlyList<Late<TLate>> LateRecords => _late.Records;

    /// <summary>Expects exactly these late records since the last time, in this order.</summary>
    /// <param name="expected">The records, without what is told about them; none: that there is no late record.</param>
    /// <exception cref="StreamTestException">Other records were late, or were so in a replay.</exception>
    public StreamTest<TIn, TOut, TLate> ExpectLate(params IReadOnlyList<TLate> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        IReadOnlyList<Late<TLate>> actual = _late.TakeNew();
        if (!Structure.AreEqual(expected, actual.Select(static late => late.Value).ToList()))
        {
            string values = string.Join(", ", expected.Select(value => Structure.Describe(value, TimeUnit)));
            Fail($"Expected the late records [{values}], but since the last time there came:\n{_late.Lines(actual)}");
        }

        Verify();
        return this;
    }
}

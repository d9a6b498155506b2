using StreamKit.Testing.Running;
using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <summary>A test of a pipeline with two inputs; made by <see cref="StreamTest"/>.</summary>
/// <typeparam name="TLeft">The type of the records of the first input.</typeparam>
/// <typeparam name="TRight">The type of the records of the second input.</typeparam>
/// <typeparam name="TOut">The type of the results.</typeparam>
/// <remarks>
/// <c>Watermark</c>, <c>Idle</c>, <c>Active</c> and <c>End</c> speak of both inputs. In replays results may come in
/// another order, because nothing is promised about how two inputs interleave.
/// </remarks>
public sealed class JoinTest<TLeft, TRight, TOut>
    : StreamTestBase<JoinTest<TLeft, TRight, TOut>, InputOfTwo<TLeft, TRight>, TOut>
{
    private readonly Capture<InputOfTwo<TLeft, TRight>, Late<TLeft>>? _lateLeft;
    private readonly Capture<InputOfTwo<TLeft, TRight>, Late<TRight>>? _lateRight;

    internal JoinTest(
        RunSetup<InputOfTwo<TLeft, TRight>> setup,
        CaptureSink<TOut> outputs,
        CaptureSink<Late<TLeft>>? lateLeft,
        CaptureSink<Late<TRight>>? lateRight,
        StreamTestOptions options)
        : base(setup, outputs, options)
    {
        _lateLeft = lateLeft is null ? null : Follow(lateLeft, "late left records");
        _lateRight = lateRight is null ? null : Follow(lateRight, "late right records");
    }

    /// <summary>All late records of the first input so far; empty where the test does not follow them.</summary>
    public IReadOnlyList<Late<TLeft>> LateLeft => _lateLeft?.Records ?? [];

    /// <summary>All late records of the second input so far; empty where the test does not follow them.</summary>
    public IReadOnlyList<Late<TRight>> LateRight => _lateRight?.Records ?? [];

    /// <summary>Pushes a record into the first input.</summary>
    /// <param name="at">The event time, in units since 1970; negative before.</param>
    /// <param name="value">The record.</param>
    /// <exception cref="InvalidOperationException">The pipeline makes its own watermarks, or
    /// the streams have ended.</exception>
    public JoinTest<TLeft, TRight, TOut> PushLeft(long at, TLeft value) =>
        Push(at, new InputOfTwo<TLeft, TRight>(InputKind.Left, value, default!)); // The other side is not looked at.

    /// <summary>Pushes a record whose event time the pipeline's own <c>WithEventTime</c> reads.</summary>
    /// <param name="value">The record.</param>
    public JoinTest<TLeft, TRight, TOut> PushLeft(TLeft value) =>
        Push(new InputOfTwo<TLeft, TRight>(InputKind.Left, value, default!)); // The other side is not looked at.

    /// <summary>Pushes a record into the second input.</summary>
    /// <param name="at">The event time, in units since 1970; negative before.</param>
    /// <param name="value">The record.</param>
    /// <exception cref="InvalidOperationException">The pipeline makes its own watermarks, or
    /// the streams have ended.</exception>
    public JoinTest<TLeft, TRight, TOut> PushRight(long at, TRight value) =>
        Push(at, new InputOfTwo<TLeft, TRight>(InputKind.Right, default!, value)); // The other side is not looked at.

    /// <summary>Pushes a record whose event time the pipeline's own <c>WithEventTime</c> reads.</summary>
    /// <param name="value">The record.</param>
    public JoinTest<TLeft, TRight, TOut> PushRight(TRight value) =>
        Push(new InputOfTwo<TLeft, TRight>(InputKind.Right, default!, value)); // The other side is not looked at.

    /// <summary>Says that no later record of the first input has a smaller event time.</summary>
    /// <param name="at">The watermark, in units since 1970.</param>
    public JoinTest<TLeft, TRight, TOut> WatermarkLeft(long at) => Push(at, Mark(InputKind.LeftWatermark));

    /// <summary>Says that no later record of the second input has a smaller event time.</summary>
    /// <param name="at">The watermark, in units since 1970.</param>
    public JoinTest<TLeft, TRight, TOut> WatermarkRight(long at) => Push(at, Mark(InputKind.RightWatermark));

    /// <summary>Says that the first input is silent, so that it holds no watermark back.</summary>
    public JoinTest<TLeft, TRight, TOut> IdleLeft() => Push(0, Mark(InputKind.LeftIdle));

    /// <summary>Says that the second input is silent, so that it holds no watermark back.</summary>
    public JoinTest<TLeft, TRight, TOut> IdleRight() => Push(0, Mark(InputKind.RightIdle));

    // Neither side is looked at.
    private static InputOfTwo<TLeft, TRight> Mark(InputKind kind) => new(kind, default!, default!);
}

using System.Diagnostics.CodeAnalysis;
using StreamKit.Testing.Running;

namespace StreamKit.Testing;

/// <summary>What tests of pipelines with and without a stream of late records have in common.</summary>
/// <typeparam name="TSelf">The type of the test itself, so that calls can be chained.</typeparam>
/// <typeparam name="TIn">The type of the records that are pushed.</typeparam>
/// <typeparam name="TOut">The type of the results.</typeparam>
/// <remarks>
/// <para>
/// Everything happens in the calling thread before a call returns: there is no clock, no thread and nothing to await.
/// A test belongs to one thread.
/// </para>
/// <para>
/// The test gives event time (<c>at:</c> and <see cref="Watermark"/>) unless
/// <see cref="StreamTestOptions.GenerateWatermarks"/> is set. What the test did is recorded and done again at each
/// expectation: with all records between two signals as one batch, in batches cut at random, on several lanes (the
/// order of results is then free), and with an output that takes one batch at a time. Every replay must give the same
/// results, so the delegates of the pipeline must be pure.
/// </para>
/// </remarks>
public abstract class StreamTestBase<TSelf, TIn, TOut> : IDisposable
    where TSelf : StreamTestBase<TSelf, TIn, TOut>
{
    private readonly StreamTestOptions _options;
    private readonly Script<TIn> _script;
    private readonly TestRun<TIn> _live;
    private readonly Capture<TIn, TOut> _outputs;
    private readonly List<ICapture<TIn>> _captures = [];
    private readonly bool _isOrderFree;
    private long _watermark = long.MinValue;
    private bool _ended;
    private bool _isReplayed;
    private bool _hasFailed;

    private protected StreamTestBase(RunSetup<TIn> setup, CaptureSink<TOut> outputs, StreamTestOptions options)
    {
        _options = options;
        _isOrderFree = setup.IsOrderFree;
        _script = new Script<TIn>(setup, options);
        _live = new TestRun<TIn>(setup, new RunVariant("first run") { BatchSize = options.BatchSize });
        _outputs = Follow(outputs, "results");
    }

    /// <summary>All results so far.</summary>
    public IReadOnlyList<TOut> Outputs => _outputs.Records;

    /// <summary>How many records belonged to no window, because windows leave gaps.</summary>
    public long UnassignedRecords => _live.UnassignedRecords;

    private TSelf Self => (TSelf)this;

    /// <summary>Pushes a record with an event time that the test gives.</summary>
    /// <param name="at">The event time, in units since 1970; negative before.</param>
    /// <param name="value">The record.</param>
    /// <exception cref="InvalidOperationException">The pipeline makes its own watermarks, or
    /// the stream has ended.</exception>
    public TSelf Push(long at, TIn value)
    {
        RequireGivenTime();
        return Add(new ScriptStep<TIn>.Push(value, Ticks(at)));
    }

    /// <summary>Pushes a record whose event time the pipeline's own <c>WithEventTime</c> reads.</summary>
    /// <param name="value">The record.</param>
    public TSelf Push(TIn value) => Add(new ScriptStep<TIn>.Push(value, long.MinValue));

    /// <summary>Says that no later record has a smaller event time.</summary>
    /// <param name="at">The watermark, in units since 1970; not below the last one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The watermark falls.</exception>
    /// <exception cref="InvalidOperationException">The pipeline makes its own watermarks, or
    /// the stream has ended.</exception>
    public TSelf Watermark(long at)
    {
        RequireGivenTime();
        long ticks = Ticks(at);
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, _watermark, nameof(at));
        _watermark = ticks;
        return Add(new ScriptStep<TIn>.Watermark(ticks));
    }

    /// <summary>Lets processing time pass; everything that is due on the way happens at its instant.</summary>
    /// <param name="advance">How much; not negative.</param>
    public TSelf ProcessingTime(TimeSpan advance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(advance, TimeSpan.Zero);
        return Add(new ScriptStep<TIn>.ProcessingTime(advance.Ticks));
    }

    /// <summary>Says that the input is silent, so that it holds no watermark back.</summary>
    public TSelf Idle() => Add(new ScriptStep<TIn>.Idle());

    /// <summary>Says that the input is no longer silent.</summary>
    public TSelf Active() => Add(new ScriptStep<TIn>.Active());

    /// <summary>Ends the stream: the watermark goes to the end of event time and every window closes.</summary>
    public TSelf End()
    {
        Add(new ScriptStep<TIn>.End());
        _ended = true;
        return Self;
    }

    /// <summary>Expects exactly these results since the last expectation, in this order.</summary>
    /// <param name="expected">The results; lists are compared by their elements.</param>
    /// <exception cref="StreamTestException">Other results came, or a replay gave others.</exception>
    public TSelf ExpectOutput(params IReadOnlyList<TOut> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ExpectNew(_outputs, expected, "results");
        return Self;
    }

    /// <summary>
    /// Expects exactly so many results since the last expectation, each satisfying its predicate, in this order.
    /// </summary>
    /// <param name="expected">The predicates.</param>
    /// <exception cref="StreamTestException">Other results came, or a replay gave others.</exception>
    public TSelf ExpectOutputWhere(params IReadOnlyList<Func<TOut, bool>> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        IReadOnlyList<TOut> actual = _outputs.TakeNew();
        if (actual.Count != expected.Count || actual.Zip(expected).Any(static pair => !pair.Second(pair.First)))
        {
            int at = actual.Zip(expected).TakeWhile(static pair => pair.Second(pair.First)).Count();
            Fail($"Expected {expected.Count} results that satisfy their predicates; number {at + 1} does not, or is "
                + $"missing or too much. Results since the last expectation:\n{_outputs.Lines(actual)}");
        }

        Verify();
        return Self;
    }

    /// <summary>Expects no result since the last expectation.</summary>
    /// <exception cref="StreamTestException">A result came, or a replay gave one.</exception>
    public TSelf ExpectNoOutput() => ExpectOutput((IReadOnlyList<TOut>)[]);

    /// <summary>Expects that no operator holds records, windows or results.</summary>
    /// <exception cref="StreamTestException">An operator does, in the first run or in a replay.</exception>
    public TSelf ExpectNoState()
    {
        if (!_live.HoldsNothing)
        {
            Fail("Expected that no operator holds anything, but one still holds records, windows or results.");
        }

        Verify();
        return Self;
    }

    /// <summary>Replays everything so far in all ways, and compares.</summary>
    /// <exception cref="StreamTestException">A replay gave other results than the first run.</exception>
    public void Verify()
    {
        if (_isReplayed)
        {
            return;
        }

        _isReplayed = true;
        foreach (RunVariant variant in _script.Variants())
        {
            TestRun<TIn> replay = Run(() => _script.Replay(variant), $"in the replay {variant}");
            bool inOrder = !_isOrderFree && !variant.Spills
                && variant.Lanes == 1 && variant.Restarts.All(static lanes => lanes == 1);
            string?[] differences = [.. _captures.Select(capture => capture.Compare(replay, inOrder))];
            if (differences.FirstOrDefault(static difference => difference is not null) is { } difference)
            {
                Fail($"The replay {variant} gave other {difference}");
            }

            if (replay.HoldsNothing != _live.HoldsNothing || replay.UnassignedRecords != _live.UnassignedRecords)
            {
                Fail($"The replay {variant} holds state where the first run holds none (or the other way round), "
                    + "or counted other unassigned records: "
                    + $"{replay.UnassignedRecords} for {_live.UnassignedRecords}.");
            }
        }
    }

    /// <summary>Replays what has not been replayed yet, unless the test has failed already.</summary>
    /// <exception cref="StreamTestException">A replay gave other results than the first run.</exception>
    public void Dispose()
    {
        if (!_hasFailed)
        {
            Verify();
        }

        GC.SuppressFinalize(this);
    }

    private protected Capture<TIn, T> Follow<T>(CaptureSink<T> sink, string name)
    {
        var capture = new Capture<TIn, T>(sink, name, _options.Unit);
        capture.Follow(_live);
        _captures.Add(capture);
        return capture;
    }

    private protected void ExpectNew<T>(Capture<TIn, T> capture, IReadOnlyList<T> expected, string name)
    {
        IReadOnlyList<T> actual = capture.TakeNew();
        if (!Structure.AreEqual(expected, actual))
        {
            Fail($"Expected {name}:\n{capture.Lines(expected)}\n"
                + $"but since the last expectation there came:\n{capture.Lines(actual)}");
        }

        Verify();
    }

    [DoesNotReturn]
    private protected void Fail(string message, Exception? inner = null)
    {
        _hasFailed = true;
        throw new StreamTestException($"{message}\nScript:\n{_script}", inner);
    }

    internal IReadOnlyList<TOut> TakeNewOutputs() => _outputs.TakeNew();

    internal void FailExpectation(string message) => Fail(message);

    internal string Lines(IEnumerable<TOut> outputs) => _outputs.Lines(outputs);

    internal TimeSpan TimeUnit => _options.Unit;

    private TSelf Add(ScriptStep<TIn> step)
    {
        if (_ended)
        {
            throw new InvalidOperationException("The stream has ended: nothing can follow End().");
        }

        _script.Add(step);
        _isReplayed = false;
        Run<bool>(
            () =>
            {
                _live.Apply(step);
                return true;
            },
            "in the last step");
        return Self;
    }

    private T Run<T>(Func<T> run, string where)
    {
        try
        {
            return run();
        }
        catch (Exception exception)
        {
            Fail($"{where}: {exception.Message}", exception);
            return default;
        }
    }

    private void RequireGivenTime()
    {
        if (_options.GenerateWatermarks)
        {
            throw new InvalidOperationException(
                "With GenerateWatermarks the pipeline makes event time itself: use Push(value), or leave the option.");
        }
    }

    private long Ticks(long at) => checked(at * _options.Unit.Ticks);
}

using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>A picture of what the engine really said about a few records.</summary>
/// <remarks>The words of a script are those of <see cref="TimelineRun{TTest,TOut}"/>.</remarks>
internal sealed class Timeline
{
    private Timeline(string title, Axis axis, IReadOnlyList<Dot> dots, IReadOnlyList<Row> rows) =>
        (Title, Axis, Dots, Rows) = (title, axis, dots, rows);

    public string Title { get; }

    public Axis Axis { get; }

    public IReadOnlyList<Dot> Dots { get; }

    /// <summary>What happened and what was said, in the order in which it came.</summary>
    public IReadOnlyList<Row> Rows { get; }

    /// <summary>Results of windows in event time.</summary>
    public static Timeline Of<TValue>(
        string title,
        string script,
        Func<KeyedStream<string, Reading>, DataStream<WindowResult<string, TValue>>> program,
        Axis? axis = null)
    {
        axis ??= Axis.Seconds;
        using var test = StreamTest.For(
            (DataStream<Reading> input) => program(Keyed(input)), Options(axis));
        return Draw(title, script, axis, test, static () => []);
    }

    /// <summary>Results of windows in event time, and the records that were dropped.</summary>
    public static Timeline WithLate<TValue>(
        string title,
        string script,
        Func<
            KeyedStream<string, Reading>,
            (DataStream<WindowResult<string, TValue>>, DataStream<Late<Reading>>)> program)
    {
        using var test = StreamTest.For(
            (DataStream<Reading> input) => program(Keyed(input)), Options(Axis.Seconds));
        return Draw(title, script, Axis.Seconds, test, () => [.. test.LateRecords.Select(late => late.Value)]);
    }

    /// <summary>Results of steps that go by the clock, whose time each bar is made from, too.</summary>
    public static Timeline ByTheClock<TOut>(
        string title,
        string script,
        Func<DataStream<Reading>, DataStream<TOut>> program,
        Func<TOut, int, double, Bar> toBar)
    {
        using var test = StreamTest.For(program, Options(Axis.Seconds));
        var run = new TimelineRun<StreamTest<Reading, TOut>, TOut>(test, Axis.Seconds, byTheClock: true, toBar);
        run.Do(script);
        return new Timeline(title, Axis.Seconds, ToDots(run.Readings, []), run.Rows);
    }

    private static Timeline Draw<TTest, TValue>(
        string title,
        string script,
        Axis axis,
        StreamTestBase<TTest, Reading, WindowResult<string, TValue>> test,
        Func<IReadOnlyList<Reading>> dropped)
        where TTest : StreamTestBase<TTest, Reading, WindowResult<string, TValue>>
    {
        var run = new TimelineRun<TTest, WindowResult<string, TValue>>(
            test, axis, byTheClock: false, (result, after, _) => Bar.Of(result, axis, after))
        {
            Dropped = () => dropped().Count,
        };
        run.Do(script);
        return new Timeline(title, axis, ToDots(run.Readings, dropped()), run.Rows);
    }

    // The script gives every record its event time; this only says that the stream has one.
    private static KeyedStream<string, Reading> Keyed(DataStream<Reading> input) => input
        .WithEventTime(reading => Timestamp.FromUnixTimeSeconds(reading.At), Watermarks.Monotonic())
        .KeyBy(reading => reading.Key);

    private static StreamTestOptions Options(Axis axis) =>
        new() { Unit = axis.Unit, Lanes = [1], RandomReplays = 0 };

    // A script may push two equal records, so they are told apart by who they are.
    private static Dot[] ToDots(IReadOnlyList<Reading> readings, IReadOnlyList<Reading> dropped) =>
    [
        .. readings.Select((reading, i) =>
            new Dot(reading, i + 1, dropped.Any(other => ReferenceEquals(other, reading)))),
    ];
}

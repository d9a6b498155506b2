using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Joins by the engine, through its public API, whose results are written as the oracle writes them.</summary>
internal static class JoinRun
{
    public static JoinTest<OracleElement<int, int>, OracleElement<int, int>, string> Of(JoinCase join) =>
        StreamTest.For(
        (DataStream<OracleElement<int, int>> left, DataStream<OracleElement<int, int>> right) =>
        {
            KeyedStream<int, OracleElement<int, int>> keyedLeft = Timed(left).KeyBy(e => e.Key);
            KeyedStream<int, OracleElement<int, int>> keyedRight = Timed(right).KeyBy(e => e.Key);
            WindowAssigner windows = EngineRun.Assigner(join.Stream.Shape);
            TimeSpan lateness = new(join.Stream.Lateness);
            DataStream<Late<OracleElement<int, int>>> lateLeft, lateRight;
            DataStream<string> results = join.Kind switch
            {
                OracleJoinKind.Inner => keyedLeft.Join(keyedRight).Within(windows).AllowLateness(lateness)
                    .SideOutputLate(out lateLeft, out lateRight).Select(Pair),
                OracleJoinKind.Left => keyedLeft.LeftJoin(keyedRight).Within(windows).AllowLateness(lateness)
                    .SideOutputLate(out lateLeft, out lateRight).Select(Pair, LeftAlone),
                OracleJoinKind.Right => keyedLeft.RightJoin(keyedRight).Within(windows).AllowLateness(lateness)
                    .SideOutputLate(out lateLeft, out lateRight).Select(Pair, RightAlone),
                OracleJoinKind.Full => keyedLeft.FullJoin(keyedRight).Within(windows).AllowLateness(lateness)
                    .SideOutputLate(out lateLeft, out lateRight).Select(Pair, LeftAlone, RightAlone),
                _ => keyedLeft.CoGroup(keyedRight).Within(windows).AllowLateness(lateness)
                    .SideOutputLate(out lateLeft, out lateRight).Select(Group),
            };
            return (results, lateLeft, lateRight);
        },
        EngineRun.InTicks with { Lanes = [1, 2, 4] });

    public static string ToText(Late<OracleElement<int, int>> late, OracleShape shape) =>
        $"{late.Value} W={late.Watermark.Ticks} missed {string.Join(' ', late.MissedWindows.Select(Of))} "
        + $"of {OracleAssigners.Assign(shape, late.Timestamp.Ticks).Count}";

    private static DataStream<OracleElement<int, int>> Timed(DataStream<OracleElement<int, int>> stream) =>
        stream.WithEventTime(e => new Timestamp(e.Timestamp), Watermarks.Monotonic());

    private static OracleWindow Of(Window window) => new(window.StartTime.Ticks, window.EndTime.Ticks);

    private static string Pair(OracleElement<int, int> left, OracleElement<int, int> right, Window window) =>
        OracleJoin.Pair(Of(window), left, right);

    private static string LeftAlone(OracleElement<int, int> left, Window window) =>
        OracleJoin.Alone(Of(window), left, isLeft: true);

    private static string RightAlone(OracleElement<int, int> right, Window window) =>
        OracleJoin.Alone(Of(window), right, isLeft: false);

    private static string Group(
        int key,
        Window window,
        IReadOnlyList<OracleElement<int, int>> left,
        IReadOnlyList<OracleElement<int, int>> right) => OracleJoin.Group(Of(window), key, left, right);
}

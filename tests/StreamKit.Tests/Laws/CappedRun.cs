using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Feeds cases of capped sessions to the engine, through its public API, and to the oracle.</summary>
internal static class CappedRun
{
    /// <summary>Capped sessions over lists, so that equal results are equal contents.</summary>
    public static StreamTest<OracleElement<int, int>, WindowResult<int, string>, OracleElement<int, int>> Of(
        CappedCase capped, StreamTestOptions? options = null) => StreamTest.For(
        (DataStream<OracleElement<int, int>> input) =>
        {
            StreamCase stream = capped.Stream;
            WindowedStream<int, OracleElement<int, int>> windows = Windowed(Timed(stream, input), capped.Caps)
                .AllowLateness(TimeSpan.FromTicks(stream.Lateness))
                .Panes((PaneMode)stream.Mode);
            if (stream.EarlyFirings.Count > 0)
            {
                windows = windows.Early(TimeSpan.FromTicks(1));
            }

            return (windows.SideOutputLate(out DataStream<Late<OracleElement<int, int>>> late)
                .Aggregate(a => string.Join(',', a.ToList(e => e.Value))), late);
        },
        options ?? EngineRun.InTicks);

    public static DataStream<OracleElement<int, int>> Timed(
        StreamCase stream, DataStream<OracleElement<int, int>> input) => input.WithEventTime(
        e => new Timestamp(e.Timestamp), Watermarks.BoundedOutOfOrderness(new TimeSpan(stream.Bound)));

    public static WindowedStream<int, OracleElement<int, int>> Windowed(
        DataStream<OracleElement<int, int>> input, OracleSessionCaps caps)
    {
        KeyedStream<int, OracleElement<int, int>> keys = input.KeyBy(e => e.Key);
        SessionWindows sessions =
            TimeWindows.Session(new TimeSpan(caps.Gap)).MaxDuration(new TimeSpan(caps.MaxDuration));
        return caps.MarkEvery == 0
            ? keys.Window(sessions)
            : keys.Window(sessions.EndsOn((OracleElement<int, int> e) => caps.Ends(e.Value)));
    }

    public static void Feed(OracleCappedSessions oracle, StreamStep step)
    {
        switch (step)
        {
            case StreamStep.Batch batch:
                foreach (OracleElement<int, int> element in batch.Elements)
                {
                    oracle.Element(element.Key, element.Timestamp, element.Value);
                }

                break;
            case StreamStep.Watermark watermark:
                oracle.Watermark(watermark.Value);
                break;
            case StreamStep.FireEarly:
                oracle.FireEarly();
                break;
        }
    }

    /// <summary>The oracle after the whole case.</summary>
    public static OracleCappedSessions Oracle(CappedCase capped)
    {
        var oracle = new OracleCappedSessions(capped.Caps, capped.Stream.Lateness, capped.Stream.Mode);
        foreach (StreamStep step in EngineRun.Steps(capped.Stream))
        {
            Feed(oracle, step);
        }

        return oracle;
    }
}

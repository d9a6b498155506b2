using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Sessions with a longest duration and end markers are those of the sorted batch, pane by pane.</summary>
/// <remarks>The replays of the harness bring other batches, lanes and refusing outputs into each law.</remarks>
public class CappedSessionLaws
{
    [Fact]
    public void EveryPaneOfAnHonestStreamIsTheOraclesPane() =>
        Law.Holds(CappedArbitraries.Honest(), SaysWhatTheOracleSays);

    [Fact]
    public void EveryPaneOfAHastyStreamIsTheOraclesPane() =>
        Law.Holds(CappedArbitraries.Hasty(), hasty => SaysWhatTheOracleSays(hasty.Case));

    [Theory]
    [InlineData(PaneMode.Accumulating)]
    [InlineData(PaneMode.Discarding)]
    [InlineData(PaneMode.Retracting)]
    public void AnyArrivalOrderWithinTheBoundGivesTheSessionsOfTheSortedBatch(PaneMode mode) =>
        Law.Holds(CappedArbitraries.Honest(), capped =>
        {
            CappedCase plain = capped with
            {
                Stream = capped.Stream with { EarlyFirings = [], Mode = (OracleMode)mode },
            };
            IReadOnlyList<string> batch = OracleReplay.Describe(capped.Caps.Batch(capped.Stream.Elements));

            Assert.Equal(batch, ThroughRealWatermarks(plain, plain.Stream.Elements));
            Assert.Equal(batch, ThroughRealWatermarks(plain, [.. plain.Stream.Elements.OrderBy(e => e.Timestamp)]));
        });

    [Fact]
    public void WithNothingButTheEndOfTimeAsWatermarkEveryOrderGivesTheSameSessions() =>
        Law.Holds(CappedArbitraries.Honest(), capped =>
        {
            CappedCase plain = capped with { Stream = capped.Stream with { EarlyFirings = [] } };
            OracleElement<int, int>[] shuffled = [.. capped.Stream.Elements];
            new Random(shuffled.Length).Shuffle(shuffled);
            IReadOnlyList<string> batch = OracleReplay.Describe(capped.Caps.Batch(capped.Stream.Elements));

            Assert.Equal(batch, AtTheEnd(plain, shuffled));
            Assert.Equal(batch, AtTheEnd(plain, [.. capped.Stream.Elements.Reverse()]));
        });

    [Fact]
    public void RetractingPanesLeaveTheSortedBatchHoweverOftenTheyFiredEarly() =>
        Law.Holds(CappedArbitraries.Honest(), capped =>
        {
            StreamCase stream = capped.Stream with { Mode = OracleMode.Retracting };
            List<OraclePane<int, int>> panes = Panes(capped with { Stream = stream });
            Assert.Equal(
                OracleReplay.Describe(capped.Caps.Batch(stream.Elements)),
                OracleReplay.Describe(OracleNet.Of(OracleMode.Retracting, panes)));
        });

    [Fact]
    public void DiscardingPanesHoldEveryAcceptedRecordOnce() => Law.Holds(CappedArbitraries.Hasty(), hasty =>
    {
        CappedCase capped = hasty.Case with { Stream = hasty.Case.Stream with { Mode = OracleMode.Discarding } };
        using var test = CappedRun.Of(capped);
        foreach (StreamStep step in EngineRun.Steps(capped.Stream))
        {
            EngineRun.Feed(test, step);
        }

        Assert.Equal(
            capped.Stream.Elements.Select(e => e.Value).Order(),
            test.Outputs.SelectMany(w => EngineRun.ToOracle(w).Values)
                .Concat(test.LateRecords.Select(late => late.Value.Value)).Order());
    });

    [Fact]
    public void WithoutACapInReachTheyArePlainSessions() => Law.Holds(CappedArbitraries.Honest(), capped =>
    {
        var uncapped = new CappedCase(
            capped.Stream with { Shape = OracleShape.Session(capped.Caps.Gap) },
            new OracleSessionCaps(capped.Caps.Gap, OracleTime.Max));
        using var plain = EngineRun.Of(uncapped.Stream);
        foreach (StreamStep step in EngineRun.Steps(uncapped.Stream))
        {
            EngineRun.Feed(plain, step);
        }

        Assert.Equal(
            plain.Outputs.Select(w => EngineRun.ToOracle(w).ToString()), Panes(uncapped).Select(p => p.ToString()));
    });

    [Fact]
    public void AJobWithSeveralSplitsLanesAndNarrowChannelsGivesTheSortedBatch() =>
        Law.Holds(CappedArbitraries.Honest(), async (CappedCase capped) =>
        {
            int variant = capped.Stream.Elements.Count, splits = 1 + (variant % 3);
            IEnumerable<List<OracleElement<int, int>>> parts = Enumerable.Range(0, splits).Select(split =>
                capped.Stream.Elements.Where((_, index) => index % splits == split).ToList());
            var sink = new CollectingSink<WindowResult<int, string>>();
            StreamBuilder builder = StreamBuilder.Create("law");
            DataStream<OracleElement<int, int>> records =
                builder.From(new TestSource<OracleElement<int, int>>([.. parts]));
            CappedRun.Windowed(CappedRun.Timed(capped.Stream, records), capped.Caps)
                .Aggregate(a => string.Join(',', a.ToList(e => e.Value))).To(sink);
            await using StreamJob job = builder.Build().Start(new JobOptions
            {
                Parallelism = 1 + (variant % 4),
                BatchSize = 1 + (variant % 5),
                ChannelCapacity = 1,
                HashSeed = 1,
            });
            await job.Completion.WaitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, job.GetMetrics().LateRecords);
            Assert.Equal(OracleReplay.Describe(capped.Caps.Batch(capped.Stream.Elements)), Contents(sink.Records));
        });

    internal static void SaysWhatTheOracleSays(CappedCase capped)
    {
        OracleCappedSessions oracle = CappedRun.Oracle(capped);
        using var test = CappedRun.Of(capped);
        foreach (StreamStep step in EngineRun.Steps(capped.Stream))
        {
            EngineRun.Feed(test, step);
        }

        Assert.Equal(
            oracle.Panes.Select(pane => pane.ToString()),
            test.Outputs.Select(w => EngineRun.ToOracle(w).ToString()));
        Assert.Equal(oracle.Late.Select(EngineRun.ToText), test.LateRecords.Select(EngineRun.ToText));
        test.ExpectNoState();
    }

    private static List<OraclePane<int, int>> Panes(CappedCase capped)
    {
        using var test = CappedRun.Of(capped);
        foreach (StreamStep step in EngineRun.Steps(capped.Stream))
        {
            EngineRun.Feed(test, step);
        }

        return [.. test.Outputs.Select(EngineRun.ToOracle)];
    }

    private static IReadOnlyList<string> ThroughRealWatermarks(
        CappedCase capped, IReadOnlyList<OracleElement<int, int>> elements) =>
        Run(CappedRun.Of(capped, EngineRun.InTicks with { GenerateWatermarks = true }), elements);

    private static IReadOnlyList<string> AtTheEnd(CappedCase capped, IReadOnlyList<OracleElement<int, int>> elements) =>
        Run(CappedRun.Of(capped), elements);

    private static IReadOnlyList<string> Run(
        StreamTest<OracleElement<int, int>, WindowResult<int, string>, OracleElement<int, int>> started,
        IReadOnlyList<OracleElement<int, int>> elements)
    {
        using var test = started;
        foreach (OracleElement<int, int> element in elements)
        {
            test.Push(element);
        }

        test.End().ExpectNoState().ExpectLate();
        return Contents(test.Outputs);
    }

    private static IReadOnlyList<string> Contents(IEnumerable<WindowResult<int, string>> results) =>
        OracleReplay.Describe(results.Select(EngineRun.ToOracle).Select(pane =>
            KeyValuePair.Create((pane.Key, pane.Window), pane.Values)));
}

using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

using Result = StreamKit.Windowing.WindowResult<int, double>;

namespace StreamKit.Tests.Operators;

/// <summary>
/// What windows remember. Each stream test is also saved and taken up again before every step, on the same lanes and on
/// others: 1, 3, 1 and so on.
/// </summary>
public class WindowStateTests
{
    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1) };

    private static readonly WindowOptions s_hopping = new(new HoppingAssigner(10, 5, 0))
    {
        LatenessTicks = 20,
        Mode = PaneMode.Retracting,
    };

    public static TheoryData<string> Kinds =>
        ["hopping", "early", "discarding", "sessions", "triggered", "count", "look-back"];

    [Fact]
    public void ALateRecordTakesBackWhatWasSaidBeforeTheBarrier()
    {
        using var test = Windows(
            TimeWindows.Tumbling(Ticks(10)), w => w.AllowLateness(Ticks(20)).Panes(PaneMode.Retracting));
        test.Push(1, 1).Push(2, 12).Watermark(10).ExpectOutputWhere(
                w => w is { Key: 1, Value: 1.0, Pane: { Index: 0, IsRetraction: false } },
                w => w is { Key: 2, Value: 12.0, Pane: { Index: 0, IsRetraction: false } })
            .Push(3, 21).ExpectOutputWhere(
                w => w is { Key: 1, Value: 1.0, Pane: { Index: 0, IsRetraction: true } },
                w => w is { Key: 1, Value: 22.0, Pane: { Index: 1, IsRetraction: false } })
            .Push(4, 31).ExpectOutputWhere(
                w => w is { Key: 1, Value: 22.0, Pane: { Index: 1, IsRetraction: true } },
                w => w is { Key: 1, Value: 53.0, Pane: { Index: 2, IsRetraction: false } })
            .Watermark(30).ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void SumsOfDoublesThatRollAreTheSameToTheLastDigit()
    {
        using var test = Windows(TimeWindows.Hopping(Ticks(50), Ticks(5)), w => w.AllowLateness(Ticks(10)));
        for (int i = 0; i < 40; i++)
        {
            test.Push(i * 4, (i % 3) + (i * 7 % 11 * 10));
            if (i % 4 == 3)
            {
                test.Watermark(i * 4);
                test.Push((i * 4) - 6, i);
            }
        }

        test.End().ExpectNoState();
        Assert.NotEmpty(test.Outputs);
    }

    [Fact]
    public void AnEarlyResultIsDueWhenItWasAndSaysOnlyWhatIsNew()
    {
        using var test = Windows(TimeWindows.Tumbling(Ticks(10)), w => w.Early(every: Ticks(5)));
        test.Push(1, 1).Push(1, 2).ProcessingTime(Ticks(4)).ExpectNoOutput()
            .ProcessingTime(Ticks(1)).ExpectOutputWhere(w => w is { Key: 1, Pane.Index: 0 }, w => w is { Key: 2 })
            .ProcessingTime(Ticks(50)).ExpectNoOutput()
            .Push(2, 11).ProcessingTime(Ticks(5)).ExpectOutputWhere(w => w is { Key: 1, Value: 12.0, Pane.Index: 1 })
            .End().ExpectOutputWhere(w => w is { Key: 1, Pane.Index: 2 }, w => w is { Key: 2, Pane.Index: 1 })
            .ExpectNoState();
    }

    [Fact]
    public void ATriggerRemembersWhatItCountedAndItsTimer()
    {
        using var test = Windows(
            TimeWindows.Session(Ticks(5)), w => w.Early(Triggers.EveryRecords(3)).AllowLateness(Ticks(20))
                .Late(Triggers.EveryProcessingTime(Ticks(4))));
        test.Push(1, 1).Push(8, 11).ExpectNoOutput()
            .Push(5, 21).ExpectOutputWhere(w => w is { Value: 33.0, Pane.Timing: PaneTiming.Early })
            .Watermark(20).ExpectOutputWhere(w => w is { Value: 33.0, Pane.Timing: PaneTiming.OnTime })
            .Push(2, 31).ProcessingTime(Ticks(3)).ExpectNoOutput()
            .ProcessingTime(Ticks(1)).ExpectOutputWhere(w => w is { Value: 64.0, Pane.Timing: PaneTiming.Late })
            .Watermark(100).ExpectNoState();
    }

    [Fact]
    public void WhatIsAggregatedBeforeTheExchangeStillTellsLateRecordsApart()
    {
        using var test = Windows(
            TimeWindows.Tumbling(Ticks(10)), w => w.PreAggregate().AllowLateness(Ticks(20)));
        test.Push(1, 1).Watermark(10).ExpectOutputWhere(w => w.Value == 1)
            .Push(2, 11).Push(2, 21).ExpectOutputWhere(w => w.Value == 12, w => w.Value == 33)
            .End().ExpectNoState();
    }

    [Fact]
    public void KeysOfSeveralLanesFireAsTheyCameAndThenByLane()
    {
        var options = new WindowOptions(new HoppingAssigner(10, 5, 0));
        var bench = new Bench();
        Receiver<KeyedBatch<int, int>>[] lanes =
            [.. Enumerable.Range(0, 2).Select(_ => Sliced(options, new RecordingReceiver<Result>(), bench))];
        KeyByOperator<int, int> two = KeyBy(bench, lanes);
        bench.Push(two, Enumerable.Range(0, 20).Select(static n => (1L, n)));
        bench.Push(two, Signal.Drained);
        var next = new RecordingReceiver<Result>();
        Receiver<KeyedBatch<int, int>> one = Sliced(options, next, bench);
        ((IStateful)one).Restore(SavedStates.ToState(lanes.Select(static lane => ((IStateful)lane).Save())));
        KeyByOperator<int, int> head = KeyBy(bench, one);
        bench.Push(head, [(1L, 20)]);
        bench.Push(head, Signal.Watermark(10));

        KeyHasher<int> hasher = KeyHashers.For<int>();
        int[][] byLane = [.. Enumerable.Range(0, 2).Select(lane => Enumerable.Range(0, 20)
            .Where(key => KeyGroups.LaneOf(KeyGroups.GroupOf(hasher.Hash(key, 1)), 2) == lane).ToArray())];
        IEnumerable<int> expected = Enumerable.Range(0, 20)
            .SelectMany(at => byLane.Where(keys => at < keys.Length).Select(keys => keys[at])).Append(20);
        Assert.Equal(expected, next.Values.Where(static w => w.Window.EndTime.Ticks == 10).Select(static w => w.Key));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DamagedStateIsRefusedOrIsOtherState(string kind)
    {
        OperatorSnapshot saved = Filled(kind).Save(new StateTypes());
        int refused = 0;
        foreach (OperatorState damaged in SavedStates.Damaged(saved))
        {
            try
            {
                ((IStateful)Open(kind, new Bench())).Restore(damaged);
            }
            catch (StateException)
            {
                refused++;
            }
        }

        Assert.NotEqual(0, refused);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhatIsTakenUpIsSavedAsItWas(string kind)
    {
        var types = new StateTypes();
        OperatorSnapshot first = Filled(kind).Save(types);
        var again = (IStateful)Open(kind, new Bench());
        again.Restore(SavedStates.ToState(first));
        OperatorSnapshot second = again.Save(types);

        Assert.Equal(first.OwnBytes.ToArray(), second.OwnBytes.ToArray());
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            Assert.Equal(first.BytesOf(group).Length, second.BytesOf(group).Length);
        }
    }

    [Fact]
    public void OtherWindowsAreNotTakenForTheseOnes()
    {
        OperatorSnapshot saved = Filled("hopping").Save();
        foreach (WindowOptions other in (WindowOptions[])[
            s_hopping with { Assigner = new HoppingAssigner(20, 5, 0) },
            s_hopping with { Assigner = new HoppingAssigner(10, 5, 1) },
            s_hopping with { LatenessTicks = 30 },
            s_hopping with { Mode = PaneMode.Accumulating },
            s_hopping with { EarlyEveryTicks = 1 }])
        {
            var window = (IStateful)Sliced(other, new RecordingReceiver<Result>(), new Bench());
            Assert.Contains(
                "another name",
                Assert.Throws<StateException>(() => window.Restore(SavedStates.ToState(saved))).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatNothingCanWriteIsNamed()
    {
        var context = new Bench().Context();
        var next = new RecordingReceiver<WindowResult<Unknown, long>>();
        var options = new WindowOptions(new HoppingAssigner(10, 10, 0))
        {
            Late = new TypedTrigger<int, Remembered>(new Remembering()),
        };
        Receiver<KeyedBatch<Unknown, int>> window =
            TriggeredWindows.Open<Unknown, int, long, long, Untimed<int, long, long, CountAggregator<int>>>(
                options, default, next, null, context);
        var needs = new StateNeeds(new StateTypes());
        ((IStateful)window).Declare(needs);

        Assert.Equal([typeof(Unknown), typeof(Remembered)], needs.Missing);
    }

    private static IStateful Filled(string kind)
    {
        var bench = new Bench();
        Receiver<KeyedBatch<int, int>> window = Open(kind, bench);
        KeyByOperator<int, int> head = KeyBy(bench, window);
        bench.Push(head, Enumerable.Range(0, 30).Select(static n => ((long)n, n)));
        bench.Push(head, Signal.Watermark(22));
        bench.Push(head, [(16L, 1), (21L, 2), (23L, 3)]);
        bench.Push(head, Signal.Drained);
        return (IStateful)window;
    }

    private static Receiver<KeyedBatch<int, int>> Open(string kind, Bench bench)
    {
        var next = new RecordingReceiver<Result>();
        return kind switch
        {
            "hopping" => Sliced(s_hopping, next, bench),
            "early" => Sliced(s_hopping with { EarlyEveryTicks = 5, Mode = PaneMode.Accumulating }, next, bench),
            "discarding" => Sliced(s_hopping with { Mode = PaneMode.Discarding }, next, bench),
            "sessions" => Sliced(
                s_hopping with { Assigner = new SessionAssigner(8), Early = Triggers.EveryRecords(2) }, next, bench),
            "triggered" => Sliced(s_hopping with { Late = Triggers.EveryProcessingTime(Ticks(3)) }, next, bench),
            "count" => Sum().Accept(new Creation(
                new WindowOptions(new CountAssigner(6, 2, PartialWindows.Emit)), next, bench.Context())),
            _ => Sum().Accept(new Creation(new WindowOptions(new LookBackAssigner(8)), next, bench.Context())),
        };
    }

    private static Receiver<KeyedBatch<int, int>> Sliced(
        WindowOptions options, Receiver<Batch<Result>> next, Bench bench) =>
        Sum().Accept(new Creation(options, next, bench.Context()));

    private static AggregatorPart<int, double> Sum() => Parts.Sum<int>(static n => n / 10.0);

    private static KeyByOperator<int, int> KeyBy(Bench bench, params Receiver<KeyedBatch<int, int>>[] lanes) =>
        new(static n => n, lanes, bench.Context());

    private static StreamTest<int, WindowResult<int, double>> Windows(
        WindowAssigner windows, Func<WindowedStream<int, int>, WindowedStream<int, int>> options) =>
        StreamTest.For(
            (DataStream<int> input) => options(input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(n => n % 10).Window(windows)).Sum(n => (double)n),
            s_ticks);

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);

    private sealed record Unknown;

    private struct Remembered
    {
        public int Count;
    }

    private sealed class Remembering : ITrigger<int, Remembered>
    {
        public Remembered Create() => default;

        public TriggerResult OnRecord(ref Remembered state, in int record, TriggerContext context) =>
            ++state.Count > 1 ? TriggerResult.Fire : TriggerResult.Wait;

        public void Merge(ref Remembered into, in Remembered from) => into.Count += from.Count;
    }

    private sealed class Creation(WindowOptions options, Receiver<Batch<Result>> next, OperatorContext context)
        : IAggregatorVisitor<int, double, Receiver<KeyedBatch<int, int>>>
    {
        public Receiver<KeyedBatch<int, int>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, double> => options.Assigner switch
            {
                CountAssigner counted => new CountWindowOperator<int, int, TAcc, double, TAggregator>(
                    counted, aggregator, next, context),
                LookBackAssigner looking => new LookBackOperator<int, int, TAcc, double, TAggregator, Result>(
                    looking, aggregator, static (_, result) => result, next, null, context),
                _ when TriggeredWindows.AreNeeded<int>(options) =>
                    TriggeredWindows.Open<int, int, TAcc, double, TAggregator>(
                        options, aggregator, next, null, context),
                _ => new SlicedWindowOperator<int, int, TAcc, double, TAggregator>(
                    options, aggregator, next, null, context),
            };
    }
}

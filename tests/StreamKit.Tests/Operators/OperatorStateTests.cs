using StreamKit.Checkpointing;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>
/// What operators without windows, sessions and joins remember. Each stream test is also saved and taken up again
/// before every step, on the same lanes and on others: 1, 3, 1 and so on.
/// </summary>
public class OperatorStateTests
{
    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1) };

    public static TheoryData<string> Kinds => StatefulRig.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhoTakesUpTheStateGoesOnAsIfNothingHadHappened(string kind)
    {
        var one = new StatefulRig(kind);
        one.Fill();
        var other = new StatefulRig(kind);
        other.TakeUp(one.Save());
        one.GoOn();
        other.GoOn();

        Assert.True(one.Seen.Count > 8, "there is something to compare");
        Assert.Equal(one.Seen, other.Seen);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SavingChangesNothing(string kind)
    {
        var one = new StatefulRig(kind);
        one.Fill();
        IReadOnlyList<OperatorSnapshot> first = one.Save(), second = one.Save();
        var other = new StatefulRig(kind);
        other.Fill();
        one.GoOn();
        other.GoOn();

        Assert.Equal(first.Select(static saved => saved.OwnBytes.ToArray()), second.Select(
            static saved => saved.OwnBytes.ToArray()));
        Assert.Equal(other.Seen, one.Seen);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DamagedStateIsRefusedOrIsOtherState(string kind)
    {
        var one = new StatefulRig(kind);
        one.Fill();
        int refused = 0;
        foreach (OperatorSnapshot saved in one.Save())
        {
            foreach (OperatorState damaged in SavedStates.Damaged(saved))
            {
                try
                {
                    new StatefulRig(kind).State.Restore(name => name == saved.Name ? damaged : null);
                }
                catch (StateException)
                {
                    refused++;
                }
            }
        }

        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void AListThatWaitsGoesOutWhenItWasDueBefore()
    {
        using var test = StreamTest.For(
            (DataStream<int> input) => input.KeyBy(static n => n % 10)
                .Batch(3, within: Ticks(10)).Select(static list => $"{list.Key}: {string.Join(' ', list)}"),
            s_ticks);
        test.Push(at: 1, 11).ProcessingTime(Ticks(4)).Push(at: 2, 12).Push(at: 3, 21).ProcessingTime(Ticks(5))
            .ExpectNoOutput().ProcessingTime(Ticks(1)).ExpectOutput("1: 11 21")
            .Push(at: 4, 22).Push(at: 5, 32).ExpectOutput("2: 12 22 32")
            .Push(at: 6, 42).ProcessingTime(Ticks(9)).ExpectNoOutput().ProcessingTime(Ticks(1)).ExpectOutput("2: 42")
            .ExpectNoState();
    }

    [Fact]
    public void ListsOfSeveralLanesGoOutInTheOrderInWhichTheyAreDueAndThenByLane()
    {
        var one = new StatefulRig("batch");
        one.Push((1, 11), (1, 12), (1, 13));
        var two = new StatefulRig("batch");
        two.Push((1, 24), (1, 25));
        var both = new StatefulRig("batch");
        both.TakeUp(one.Save(), two.Save());
        both.Send(Signal.Watermark(long.MaxValue));

        Assert.Equal(["1 11", "1 24", "1 12", "1 25", "1 13"], both.Seen.SkipLast(1));
    }

    [Fact]
    public void ALaneThatNoLongerHoldsTheEarliestRecordSaysSoWithoutBeingAsked()
    {
        var one = new StatefulRig("batch");
        one.Push((5, 11));
        one.Send(Signal.Watermark(9));
        Assert.Equal("Watermark", one.Seen.Single()[..9]);
        OperatorSnapshot saved = one.Save().Single();
        var next = new RecordingReceiver<IReadOnlyList<int>>();
        var other = new BatchOperator<int, int, IReadOnlyList<int>>(
            4, 10, static (_, list) => list, next, new Bench().Context());
        other.Restore(new OperatorState("step", [new StatePart(1, saved.Schemas, saved.OwnBytes) { Groups = [] }]));

        Assert.Equal(long.MinValue, other.NextTimer);
        other.OnSignal(Signal.ProcessingTime(1));
        Assert.Equal([Signal.Watermark(9), Signal.ProcessingTime(1)], next.Signals);
        Assert.Equal(long.MaxValue, other.NextTimer);
    }

    [Fact]
    public void RecordsOfOneInstantStayInTheOrderInWhichTheyCame()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => input.WithEventTime(static _ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(static s => s[0]).OrderByEventTime().Batch(1, Ticks(1)).Select(static list => list[0]),
            s_ticks);
        test.Push(at: 5, "a1").Push(at: 5, "a2").Push(at: 3, "a0").Push(at: 5, "a3").Push(at: 9, "b").Watermark(4)
            .ExpectOutput("a0").Push(at: 5, "a4").Watermark(6).ExpectOutput("a1", "a2", "a3", "a4")
            .Watermark(10).ExpectOutput("b").ExpectNoState();
    }

    [Theory]
    [InlineData(FirstBy.EventTime)]
    [InlineData(FirstBy.Arrival)]
    public void WhatHasPassedIsKnownForAsLongAsBefore(FirstBy first)
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => input.WithEventTime(static _ => new Timestamp(0), Watermarks.Monotonic())
                .DistinctBy(static s => s, Ticks(10), first),
            s_ticks);
        test.Push(at: 5, "a").Watermark(6).ExpectOutput("a").Push(at: 14, "a").Push(at: 7, "b").Watermark(20)
            .ExpectOutput("b").Push(at: 15, "a").Watermark(30).ExpectOutput("a").Watermark(60).ExpectNoState();
    }

    [Fact]
    public void ASessionThatWasSaidIsTakenBackWhereALateRecordJoinsItToAnother()
    {
        using var test = Sessions(TimeWindows.Session(Ticks(5)));
        test.Push(at: 0, "a").Push(at: 8, "a").Watermark(14).ExpectOutputWhere(
                static w => w is { Value: 1, Pane.Index: 0, Window.EndTime.Ticks: 5 },
                static w => w is { Value: 1, Pane.Index: 0, Window.EndTime.Ticks: 13 })
            .Push(at: 4, "a").ExpectOutputWhere(
                static w => w is { Pane.IsRetraction: true, Window.EndTime.Ticks: 5 },
                static w => w is { Pane.IsRetraction: true, Window.EndTime.Ticks: 13 },
                static w => w is { Value: 3, Pane: { Index: 0, IsRetraction: false }, Window.EndTime.Ticks: 13 })
            .Push(at: 9, "a").ExpectOutputWhere(
                static w => w is { Pane.IsRetraction: true, Window.EndTime.Ticks: 13 },
                static w => w is { Value: 4, Window.EndTime.Ticks: 14 })
            .Watermark(100).ExpectNoState();
    }

    [Fact]
    public void ASessionThatIsCutIsCutAnewWhereALateRecordMovesItsStart()
    {
        using var test = Sessions(TimeWindows.Session(Ticks(5)).MaxDuration(Ticks(8)));
        test.Push(at: 4, "a").Push(at: 8, "a").Push(at: 11, "a").Watermark(12).ExpectOutputWhere(
                static w => w is { Value: 3, Window: { StartTime.Ticks: 4, EndTime.Ticks: 12 } })
            .Push(at: 1, "a").ExpectOutputWhere(
                static w => w is { Pane.IsRetraction: true, Window.StartTime.Ticks: 4 },
                static w => w is { Value: 3, Window: { StartTime.Ticks: 1, EndTime.Ticks: 9 } })
            .Watermark(16).ExpectOutputWhere(
                static w => w is { Value: 1, Window: { StartTime.Ticks: 11, EndTime.Ticks: 16 } })
            .Watermark(100).ExpectNoState();
    }

    [Fact]
    public void ALateRecordMeetsThoseOfTheOtherSideAndWhoMetNobodySaysSoOnce()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => Keyed(left).LeftJoin(Keyed(right))
                .Within(TimeWindows.Tumbling(Ticks(10))).AllowLateness(Ticks(20))
                .Select(static (l, r) => $"{l} {r ?? "-"}"),
            s_ticks);
        test.PushLeft(at: 1, "a1").PushLeft(at: 2, "b1").PushRight(at: 3, "a2").Watermark(10).ExpectOutput("a1 a2")
            .PushRight(at: 4, "a3").ExpectOutput("a1 a3").PushLeft(at: 5, "c1").ExpectNoOutput()
            .Watermark(30).ExpectOutput("b1 -", "c1 -").ExpectNoState();

        static KeyedStream<char, string> Keyed(DataStream<string> input) =>
            input.WithEventTime(static _ => new Timestamp(0), Watermarks.Monotonic()).KeyBy(static s => s[0]);
    }

    [Fact]
    public void WindowsThatFellDueWhileNobodyRanFireInTheOrderOfTheirInstants()
    {
        var one = new StatefulRig("clock");
        one.Fill();
        var other = new StatefulRig("clock");
        other.TakeUp(one.Save());
        one.At(1_000);
        other.At(1_000);

        Assert.Equal(one.Seen, other.Seen);
        string[] fired = [.. other.Seen.Where(static s => s.Contains("OnTime", StringComparison.Ordinal))];
        Assert.Equal(10, fired.Length);
        Assert.Equal(fired.Order(StringComparer.Ordinal).Select(static s => s[..2]), fired.Select(static s => s[..2]));
    }

    [Theory]
    [InlineData("distinct")]
    [InlineData("gaps")]
    [InlineData("sessions")]
    [InlineData("capped sessions")]
    [InlineData("join")]
    public void AStepOfOtherSettingsDoesNotTakeUpTheState(string kind)
    {
        var one = new StatefulRig(kind);
        one.Fill();
        OperatorSnapshot[] saved = [.. one.Save()];
        IStateful other = Other(kind);
        StateException refused = Assert.Throws<StateException>(
            () => other.Restore(SavedStates.ToState(saved[^1])));
        Assert.Contains("another name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNothingCanWriteIsNamedWithEachStepThatRemembersIt()
    {
        StreamBuilder builder = StreamBuilder.Create("job");
        DataStream<Unknown> records = builder.From([new Unknown(1)], "numbers")
            .WithEventTime(static _ => new Timestamp(0), Watermarks.Monotonic()).Named("time");
        records.DistinctBy(static r => r.Number, Ticks(5)).Named("distinct").ForEach(static _ => { }, "one");
        records.OrderByEventTime().Named("order").ForEach(static _ => { }, "two");
        records.Batch(5, Ticks(5)).Named("batch").ForEach(static _ => { }, "three");
        KeyedStream<int, Unknown> keyed = records.KeyBy(static r => r.Number);
        keyed.Join(keyed).Within(TimeWindows.Tumbling(Ticks(5))).Select(static (l, _) => l).Named("join")
            .ForEach(static _ => { }, "four");
        keyed.Window(TimeWindows.Session(Ticks(5))).ToList().Named("sessions").ForEach(static _ => { }, "five");
        var checkpoints = new CheckpointOptions { Store = new MemoryCheckpointStore(), Every = TimeSpan.FromHours(1) };

        PipelineException refused = Assert.Throws<PipelineException>(
            () => builder.Build().Start(new JobOptions { Checkpoints = checkpoints }));
        foreach (string step in (string[])["distinct", "order", "batch", "join", "sessions"])
        {
            Assert.Contains(
                $"'{step}' remembers values of {typeof(Unknown)}", refused.Message, StringComparison.Ordinal);
        }
    }

    private static StreamTest<string, WindowResult<char, long>> Sessions(WindowAssigner windows) => StreamTest.For(
        (DataStream<string> input) => input.WithEventTime(static _ => new Timestamp(0), Watermarks.Monotonic())
            .KeyBy(static s => s[0]).Window(windows).AllowLateness(Ticks(20)).Panes(PaneMode.Retracting).Count(),
        s_ticks);

    private static IStateful Other(string kind)
    {
        OperatorContext context = new Bench().Context();
        var options = new WindowOptions(new SessionAssigner(3)) { LatenessTicks = 15, Mode = PaneMode.Retracting };
        return kind switch
        {
            "distinct" => new PassedIds<int>(9, 1),
            "gaps" => new FillGapsOperator<int, int>(
                new GapOptions<int, int>(new HoppingAssigner(6, 6, 0), 12, static (last, _) => last.Value),
                new RecordingReceiver<WindowResult<int, int>>(),
                context),
            "join" => new JoinOperator<int, int, int, string>(
                new JoinOptions(new HoppingAssigner(15, 5, 0)) { LatenessTicks = 10 },
                new JoinSelectors<int, int, int, string> { Pair = static (left, _) => $"{left}" },
                new RecordingReceiver<string>(),
                null,
                null,
                context),
            _ => (IStateful)StatefulRig.OpenSessions(
                kind == "sessions"
                    ? options
                    : options with { Assigner = new CappedSessionAssigner(new SessionCut(12, 13)) },
                new RecordingReceiver<WindowResult<int, double>>(),
                context),
        };
    }

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);

    private sealed record Unknown(int Number);
}

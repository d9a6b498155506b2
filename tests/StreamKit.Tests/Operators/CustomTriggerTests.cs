using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>Triggers of users: timers of both kinds, mistakes, exceptions; one unit is one tick.</summary>
public class CustomTriggerTests
{
    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1) };

    [Fact]
    public void AnEventTimerIsDueWhenTheWatermarkHasPassedIt()
    {
        using var test = Counting(new ScriptedTrigger { OnRecordStep = AtEvent(5) });
        test.Push(1, "k").Watermark(5).ExpectNoOutput()
            .Watermark(6).ExpectPanes(Pane(0, 10, 1).Early())
            .Watermark(10).ExpectPanes(Pane(0, 10, 1)).ExpectNoState();
    }

    [Fact]
    public void AnEventTimerThatIsPassedAlreadyIsDueWithTheNextWatermark()
    {
        using var test = Counting(new ScriptedTrigger { OnRecordStep = AtEvent(-7) });
        test.Watermark(2).Push(3, "k").ExpectNoOutput()
            .Watermark(3).ExpectPanes(Pane(0, 10, 1).Early()).End().ExpectPanes(Pane(0, 10, 1)).ExpectNoState();
    }

    [Fact]
    public void TimersThatATimerSetsFireInTheSameRoundBeforeTheWatermarkGoesOn()
    {
        using var test = Counting(new ScriptedTrigger
        {
            OnRecordStep = AtEvent(2),
            OnEventTimerStep = static (ref state, _, context) =>
            {
                state++;
                context.SetEventTimer(new Timestamp(2 + state));
                return TriggerResult.FireUnchanged;
            },
        });
        test.Push(1, "k").Watermark(6)
            .ExpectPanes(
                Pane(0, 10, 1).Early(), Pane(0, 10, 1).Early(), Pane(0, 10, 1).Early(), Pane(0, 10, 1).Early())
            .Watermark(10).ExpectPanes(Pane(0, 10, 1) with { Index = 4 }).ExpectNoState();
    }

    [Fact]
    public void FiringUnchangedRepeatsAnAccumulatingResultOnly()
    {
        foreach (PaneMode mode in Enum.GetValues<PaneMode>())
        {
            using var test = Counting(
                new ScriptedTrigger
                {
                    OnRecordStep = AtEvent(2),
                    OnEventTimerStep = static (ref state, _, context) =>
                    {
                        context.SetEventTimer(new Timestamp(++state + 3));
                        return TriggerResult.FireUnchanged;
                    },
                },
                w => w.Panes(mode));
            test.Push(1, "k").Watermark(6);

            Assert.Equal(mode == PaneMode.Accumulating ? 3 : 1, test.Outputs.Count);
        }
    }

    [Fact]
    public void FiringWithNothingNewSaysNothing()
    {
        using var test = Counting(new ScriptedTrigger
        {
            OnRecordStep = static (ref _, _, context) =>
            {
                context.SetProcessingTimer(TimeSpan.FromTicks(3));
                return TriggerResult.Fire;
            },
        });
        test.Push(1, "k").ExpectPanes(Pane(0, 10, 1).Early()).ProcessingTime(Ticks(9)).ExpectNoOutput();
    }

    [Fact]
    public void ATriggerSeesItsWindowItsTimersAndBothTimes()
    {
        var seen = new List<string>();
        using (var test = Counting(
            new ScriptedTrigger
            {
                OnRecordStep = (ref _, _, context) =>
                {
                    seen.Add($"{context.Window.StartTime.Ticks}-{context.Window.EndTime.Ticks} "
                        + $"W={context.Watermark.Ticks} now={context.ProcessingTime.Ticks} "
                        + $"{context.EventTimer?.Ticks} {context.ProcessingTimer?.Ticks}");
                    context.SetEventTimer(new Timestamp(8));
                    context.SetProcessingTimer(new Timestamp(70));
                    return TriggerResult.Wait;
                },
            },
            options: s_ticks with { Lanes = [], RandomReplays = 0 }))
        {
            test.Watermark(2).ProcessingTime(Ticks(50)).Push(3, "k").Push(4, "k");
            Assert.Equal(["0-10 W=2 now=50  ", "0-10 W=2 now=50 8 70"], seen);
        }
    }

    [Fact]
    public void TimersThatAreTakenBackAreNotDue()
    {
        using var test = Counting(new ScriptedTrigger
        {
            OnRecordStep = static (ref state, _, context) =>
            {
                if (state++ == 0)
                {
                    context.SetEventTimer(new Timestamp(5));
                    context.SetProcessingTimer(TimeSpan.FromTicks(5));
                }
                else
                {
                    context.ClearEventTimer();
                    context.ClearProcessingTimer();
                }

                return TriggerResult.Wait;
            },
        });
        test.Push(1, "k").Push(2, "k").ProcessingTime(Ticks(9)).Watermark(9).ExpectNoOutput()
            .Watermark(10).ExpectPanes(Pane(0, 10, 2)).ExpectNoState();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ATimerThatSetsItselfAgainIsAMistakeThatIsNamed(bool eventTime)
    {
        using var test = Counting(new ScriptedTrigger
        {
            OnRecordStep = static (ref _, _, context) =>
            {
                context.SetEventTimer(new Timestamp(5));
                context.SetProcessingTimer(new Timestamp(5));
                return TriggerResult.Wait;
            },
            OnEventTimerStep = static (ref _, _, context) =>
            {
                context.SetEventTimer(new Timestamp(5));
                return TriggerResult.Wait;
            },
            OnProcessingTimerStep = static (ref _, _, context) =>
            {
                context.SetProcessingTimer(new Timestamp(5));
                return TriggerResult.Wait;
            },
        });
        test.Push(1, "k");
        var failure = Assert.Throws<StreamTestException>(
            () => eventTime ? test.Watermark(6) : test.ProcessingTime(Ticks(5)));
        Assert.Contains("again and again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATriggerThatThrowsFailsTheJobWhereThePolicySaysSo()
    {
        using var test = Counting(new ScriptedTrigger { OnRecordStep = static (ref _, _, _) => throw Broken() });
        var failure = Assert.Throws<StreamTestException>(() => test.Push(1, "k").ExpectNoOutput());
        Assert.Contains("out of order", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATriggerThatThrowsLosesNoRecordAndLeavesItsStateAndTimersAsTheyWere()
    {
        List<string> results = await RunAsync(new ScriptedTrigger
        {
            OnRecordStep = static (ref state, record, context) =>
            {
                state++;
                context.SetEventTimer(new Timestamp(5));
                return record == "bad" ? throw Broken() : state == 2 ? TriggerResult.Fire : TriggerResult.Wait;
            },
            OnEventTimerStep = static (ref _, _, _) => throw Broken(),
        });

        // The bad one is not counted by the trigger, which therefore fires at the third, but by the window.
        Assert.Equal(["0 3 Early", "0 4 OnTime", "20 1 OnTime"], results);
    }

    [Fact]
    public async Task AStateThatCannotBeMadeOrMergedLosesNoRecord()
    {
        Assert.Equal(
            ["0 4 OnTime", "20 1 OnTime"],
            await RunAsync(new ScriptedTrigger { Creating = static () => throw Broken() }));
        Assert.Equal(
            ["0 4 OnTime", "20 1 OnTime"],
            await RunAsync(
                new ScriptedTrigger { Merging = static (_, _) => throw Broken() },
                TimeWindows.Session(Ticks(8))));
    }

    private static async Task<List<string>> RunAsync(ScriptedTrigger trigger, WindowAssigner? windows = null)
    {
        (long At, string Value)[] records = [(0, "a"), (9, "bad"), (3, "b"), (5, "c"), (20, "d")];
        var results = new List<string>();
        await foreach (WindowResult<string, long> result in records.ToDataStream()
            .WithEventTime(r => new Timestamp(r.At), Watermarks.BoundedOutOfOrderness(Ticks(9)))
            .Select(r => r.Value)
            .KeyBy(_ => "k").Window(windows ?? TimeWindows.Tumbling(Ticks(10))).Trigger(trigger).Count()
            .ReadAllAsync(
                new JobOptions { BatchSize = 1, OnError = ErrorPolicy.Skip }, TestContext.Current.CancellationToken))
        {
            results.Add($"{result.Window.StartTime.Ticks} {result.Value} {result.Pane.Timing}");
        }

        return results;
    }

    private static ScriptedTrigger.Step AtEvent(long at) => (ref _, _, context) =>
    {
        context.SetEventTimer(new Timestamp(at));
        return TriggerResult.Wait;
    };

    private static InvalidOperationException Broken() => new("The trigger is out of order.");

    private static StreamTest<string, WindowResult<string, long>> Counting(
        ScriptedTrigger trigger,
        Func<WindowedStream<string, string>, WindowedStream<string, string>>? more = null,
        StreamTestOptions? options = null) => StreamTest.For(
        (DataStream<string> input) => (more ?? (w => w))(
            input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(key => key).Window(TimeWindows.Tumbling(Ticks(10))).Trigger(trigger)).Count(),
        options ?? s_ticks);

    private static ExpectedPane<string, long> Pane(long start, long end, long count) =>
        Expected.Pane("k", start, end, count);

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);
}

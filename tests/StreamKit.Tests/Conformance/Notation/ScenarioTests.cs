using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>A scenario means what it says, and what it does not know is an error.</summary>
public class ScenarioTests
{
    [Theory]
    [InlineData("tumbling(10) | A1")]
    [InlineData("tumbling(10) | a")]
    [InlineData("tumbling(10) | 1")]
    [InlineData("tumbling(10) | a1.5")]
    [InlineData("tumbling(10) | aMAX+1")]
    [InlineData("tumbling(10) | Wten")]
    [InlineData("tumbling(10) | P-1")]
    [InlineData("tumbling(10) | end")]
    [InlineData("tumbling(10) | a[0,10]=1")]
    [InlineData("tumbling(10) | a[0,10)")]
    [InlineData("tumbling(10) | a[0,10)=1@soon")]
    [InlineData("tumbling(10) | a[0,10)=1#")]
    [InlineData("tumbling(10) | a[0,10)=1?")]
    [InlineData("tumbling(10) | late:a4")]
    [InlineData("tumbling(10) | late:a4[0,10)+other")]
    [InlineData("tumbling(10) | a1:")]
    [InlineData("tumbling(10) | a1:-3")]
    [InlineData("tumbling(10) | late:a4[0]")]
    [InlineData("tumbling(10) | UNASSIGNED")]
    [InlineData("tumbling(10) | ..")]
    public void AWordThatIsNotKnownIsRefused(string scenario)
    {
        string message = Assert.Throws<FormatException>(() => Scenario.Parse(scenario)).Message;
        Assert.Contains("no word", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tumbling | a1")]
    [InlineData("tumbling(10,1,2) | a1")]
    [InlineData("tumbling(x) | a1")]
    [InlineData("tumbling(10) late(3) | a1")]
    [InlineData("tumbling(10) session(5) | a1")]
    [InlineData("tumbling(10) gaps | a1")]
    [InlineData("session(5) ends(0) gaps | a1")]
    [InlineData("tumbling(10) max(12) | a1")]
    [InlineData("max(12) session(5) | a1")]
    [InlineData("tumbling(10) ends(0) | a1")]
    [InlineData("tumbling(10) partial | a1")]
    [InlineData("clock | a1")]
    [InlineData("tumbling(10) clock(5) | a1")]
    [InlineData("tumbling(10) Count | a1")]
    [InlineData("lateness(3) | a1")]
    [InlineData("tumbling(10) a1")]
    [InlineData("tumbling(10) | a1 | a2")]
    public void ASettingThatIsNotKnownIsRefused(string scenario) =>
        Assert.Throws<FormatException>(() => Scenario.Parse(scenario));

    [Fact]
    public void EverySettingIsRead()
    {
        const string All = "hopping(10,5,2) lateness(3) early(7) retracting times bound(4) dropx then(20,6) |";
        ScenarioSettings settings = Scenario.Parse(All).Settings;

        Assert.Equal(3, settings.Lateness);
        Assert.Equal(7, settings.Early);
        Assert.Equal(PaneMode.Retracting, settings.Mode);
        Assert.Equal("times", settings.Aggregate);
        Assert.Equal(4, settings.Bound);
        Assert.True(settings.DropsX);
        Assert.Equal((20, 6), (settings.Then, settings.ThenLateness));
        Assert.NotNull(settings.Windows);
    }

    [Fact]
    public void EverySettingOfTriggersListsAndGapsIsRead()
    {
        const string All =
            "session(5) max(9) ends(3) earlyevery(2) lateclock(7) update(4) order batch(6,8) filllast(11) |";
        ScenarioSettings settings = Scenario.Parse(All).Settings;

        Assert.NotNull(settings.RecordWindows);
        Assert.Null(settings.Windows);
        Assert.NotNull(settings.EarlyTrigger);
        Assert.NotNull(settings.LateTrigger);
        Assert.Equal(4, settings.Update);
        Assert.Equal((6, 8), settings.Batch);
        Assert.Equal((11L, true, true), (settings.Fill, settings.FillsLast, settings.Orders));
    }

    [Fact]
    public void ANumberAndAFilledResultAreRead()
    {
        Assert.Equal(
            [new ScenarioStep.Push(new Mark("a", -4) { Number = 7 })], Scenario.Parse("gaps | a-4:7").Steps);
        var step = Assert.IsType<ScenarioStep.Result>(
            Assert.Single(Scenario.Parse("global | a[0,10)=0*@late#1!").Steps));
        Assert.True(step.Expected.IsFilled);
        Assert.Equal("a[0,10)=0*@late#1!", step.Expected.ToString());
    }

    [Fact]
    public void EveryWordIsRead() => Assert.Equal(
        [
            new ScenarioStep.Push(new Mark("ab", -4)),
            new ScenarioStep.Push(new Mark("a", long.MaxValue - 1)),
            new ScenarioStep.Watermark(long.MinValue + 3),
            new ScenarioStep.Pass(5),
            new ScenarioStep.Idle(),
            new ScenarioStep.Active(),
            new ScenarioStep.End(),
            new ScenarioStep.Empty(),
            new ScenarioStep.Nothing(),
            new ScenarioStep.Unassigned(2),
        ],
        Scenario.Parse("global | ab-4 aMAX-1 WMIN+3 P5 IDLE ACTIVE END EMPTY . UNASSIGNED=2").Steps);

    [Fact]
    public void AResultIsReadWithAllThatIsWritten()
    {
        var step = Assert.IsType<ScenarioStep.Result>(
            Assert.Single(Scenario.Parse("global | -ab[-5,MAX)=1,2@late#3~").Steps));

        Assert.Equal(
            new ExpectedResult("ab", new Span(-5, long.MaxValue), "1,2")
            {
                IsRetraction = true,
                Timing = PaneTiming.Late,
                Index = 3,
                IsFinal = false,
            },
            step.Expected);
        Assert.Equal("-ab[-5,MAX)=1,2@late#3~", step.Expected.ToString());
    }

    [Fact]
    public void WhatIsNotWrittenOfAResultIsOpen()
    {
        var step = Assert.IsType<ScenarioStep.Result>(Assert.Single(Scenario.Parse("global | a[0,10)=1").Steps));

        Assert.Equal(PaneTiming.OnTime, step.Expected.Timing);
        Assert.Null(step.Expected.Index);
        Assert.Null(step.Expected.IsFinal);
    }

    [Fact]
    public void ALateRecordIsReadWithAllThatIsWritten()
    {
        var step = Assert.IsType<ScenarioStep.Late>(
            Assert.Single(Scenario.Parse("global | late:a4[0,10)[4,14)@15+others").Steps));

        Assert.Equal(new Mark("a", 4), step.Expected.Record);
        Assert.Equal([new Span(0, 10), new Span(4, 14)], step.Expected.Missed);
        Assert.Equal(15, step.Expected.Watermark);
        Assert.True(step.Expected.AcceptedByOthers);
    }

    [Theory]
    [InlineData("tumbling(10) | a1 W10 a[0,10)=1 END")]
    [InlineData("tumbling(10) | a1 W9 . W10 a[0,10)=1#0!")]
    [InlineData("tumbling(10) | W10 a1 late:a1[0,10)@10 .")]
    public void AScenarioThatHoldsPasses(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [InlineData("tumbling(10) | a1 W10")]
    [InlineData("tumbling(10) | a1 W10 .")]
    [InlineData("tumbling(10) | a1 W9 a[0,10)=1")]
    [InlineData("tumbling(10) | a1 W10 a[0,10)=2")]
    [InlineData("tumbling(10) | a1 W10 b[0,10)=1")]
    [InlineData("tumbling(10) | a1 W10 a[0,11)=1")]
    [InlineData("tumbling(10) | a1 W10 a[0,10)=1@late")]
    [InlineData("tumbling(10) | a1 W10 -a[0,10)=1")]
    [InlineData("tumbling(10) | a1 W10 a[0,10)=1#1")]
    [InlineData("tumbling(10) | a1 W10 a[0,10)=1~")]
    [InlineData("tumbling(10) | a1 W10 a[0,10)=1*")]
    [InlineData("tumbling(10) fill(10) | a1 W20 a[0,10)=1 a[10,20)=0")]
    [InlineData("tumbling(10) order | W10 a1 late:a1[0,10)")]
    [InlineData("tumbling(10) | a1 W10 a[0,10)=1 a[0,10)=1")]
    [InlineData("tumbling(10) | a1 b2 W10 b[0,10)=1 a[0,10)=1")]
    [InlineData("tumbling(10) | W10 a1")]
    [InlineData("tumbling(10) | W10 a1 .")]
    [InlineData("tumbling(10) | W10 a1 late:a1[0,11)")]
    [InlineData("tumbling(10) | W10 a1 late:a1[0,10)@9")]
    [InlineData("tumbling(10) | W10 a1 late:a1[0,10)+others")]
    [InlineData("tumbling(10) | a1 late:a1[0,10)")]
    [InlineData("hopping(1,2) | a1 UNASSIGNED=0")]
    public void AScenarioThatDoesNotHoldFails(string scenario) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ScenarioRun.Check(scenario));

    [Fact]
    public void StateThatIsHeldIsNotEmpty() =>
        Assert.Throws<StreamKit.Testing.StreamTestException>(() => ScenarioRun.Check("tumbling(10) | a1 EMPTY"));
}

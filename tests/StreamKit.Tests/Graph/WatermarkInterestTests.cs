using StreamKit.Connectors;
using StreamKit.Graph;
using StreamKit.Tests.Laws;
using StreamKit.Time;
using StreamKit.Windowing;
using Counted = StreamKit.Windowing.WindowResult<StreamKit.Records.Unit, long>;

namespace StreamKit.Tests.Graph;

/// <summary>Only watermarks that can change something are sent.</summary>
public class WatermarkInterestTests
{
    [Fact]
    public void AWindowWaitsForMultiplesOfItsSize() => Assert.Equal(
        TimeSpan.TicksPerMinute,
        InterestOf(s => s.WindowAll(TimeWindows.Tumbling(TimeSpan.FromMinutes(1))).Count().To(new View<Counted>())));

    [Fact]
    public void OffsetAndLatenessCountToo() => Assert.Equal(
        TimeSpan.TicksPerSecond * 5,
        InterestOf(s => s.WindowAll(TimeWindows.Tumbling(TimeSpan.FromMinutes(1), offset: TimeSpan.FromSeconds(15)))
            .AllowLateness(TimeSpan.FromSeconds(20)).Count().To(new View<Counted>())));

    [Fact]
    public void SeveralWindowsShareTheGreatestCommonDistance() => Assert.Equal(
        TimeSpan.TicksPerSecond * 10,
        InterestOf(s =>
        {
            s.WindowAll(TimeWindows.Tumbling(TimeSpan.FromSeconds(30))).Count().To(new View<Counted>());
            s.WindowAll(TimeWindows.Hopping(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20)))
                .Count().To(new View<Counted>());
        }));

    [Fact]
    public void ASessionWaitsForAnyInstant() => Assert.Equal(
        0, InterestOf(s => s.WindowAll(TimeWindows.Session(TimeSpan.FromMinutes(1))).Count().To(new View<Counted>())));

    [Fact]
    public void AGlobalWindowWaitsForTheEndOnly() => Assert.Equal(
        long.MaxValue, InterestOf(s => s.WindowAll(TimeWindows.Global()).Count().To(new View<Counted>())));

    [Fact]
    public void ATriggerOfEventTimeWaitsForItsMultiplesToo()
    {
        WindowTrigger trigger = Triggers.EveryEventTime(TimeSpan.FromSeconds(25));
        Assert.Equal(
            TimeSpan.TicksPerSecond * 5,
            InterestOf(s => s.WindowAll(TimeWindows.Tumbling(TimeSpan.FromMinutes(1))).Early(trigger).Count()
                .To(new View<Counted>())));
        Assert.Equal(
            TimeSpan.TicksPerSecond * 25,
            InterestOf(s => s.WindowAll(TimeWindows.Global()).Late(trigger).Count().To(new View<Counted>())));
    }

    [Fact]
    public void ATriggerOfTheUserWaitsForAnyInstantAndOneThatCountsForNone()
    {
        Assert.Equal(
            0,
            InterestOf(s => s.WindowAll(TimeWindows.Global()).Early(new EachRecordTrigger<int>()).Count()
                .To(new View<Counted>())));
        Assert.Equal(
            TimeSpan.TicksPerMinute,
            InterestOf(s => s.WindowAll(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
                .Trigger(Triggers.EveryRecords(5)).Count().To(new View<Counted>())));
    }

    [Fact]
    public void AnAssignerOfTheUserWaitsForItsGranularity() => Assert.Equal(
        TimeSpan.TicksPerSecond,
        InterestOf(s => s.WindowAll(TimeWindows.Custom(new EachSecond())).Count().To(new View<Counted>())));

    [Fact]
    public void ASinkWithoutWindowsMayWaitForAnyInstant() => Assert.Equal(0, InterestOf(s => s.To(new View<int>())));

    private static long InterestOf(Action<DataStream<int>> use)
    {
        StreamBuilder builder = StreamBuilder.Create("interest");
        DataStream<int> stream = builder.From([1, 2, 3])
            .WithEventTime(x => Timestamp.FromUnixTimeSeconds(x), Watermarks.Monotonic());
        use(stream);
        return WatermarkInterest.Of(stream.Node);
    }

    private sealed class EachSecond : IWindowAssigner<int>
    {
        public TimeSpan Granularity => TimeSpan.FromSeconds(1);

        public void Assign(in int record, Timestamp timestamp, WindowCollector windows) =>
            windows.Add(Window.Aligned(timestamp, TimeSpan.FromSeconds(1)));
    }
}

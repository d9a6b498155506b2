using HashtagTracker.Simulation;

namespace HashtagTracker.Tests.Simulation;

public class TrendScheduleTests
{
    private static readonly SimulatorOptions Remembered = new() { TrendHalfLife = TimeSpan.FromDays(1) };

    [Fact]
    public void NoTrendComesBackBeforeAllOthersHadTheirTurn()
    {
        Tag[] tags = TagVocabulary.Trends();
        var schedule = new TrendSchedule(Remembered, tags);

        schedule.MoveTo((Remembered.Start + (Remembered.TrendEvery * tags.Length)).UtcTicks);

        Assert.True(schedule.Active.Count > tags.Length);
        Assert.Equal(tags.Length, schedule.Active.Take(tags.Length).Select(trend => trend.Tag.Name).Distinct().Count());
    }

    [Fact]
    public void ATrendRisesToItsPeakAndThenHalves()
    {
        long hour = TimeSpan.TicksPerHour;
        var trend = new Trend(new Tag("a"), StartTicks: 0, RiseTicks: hour, HalfLifeTicks: hour, Peak: 0.2);

        Assert.InRange(trend.WeightAt(0), 0, 0.005);
        Assert.Equal(0.1, trend.WeightAt(hour / 2), 6);
        Assert.InRange(trend.WeightAt(hour), 0.195, 0.2);
        Assert.Equal(0.1, trend.WeightAt(2 * hour), 3);
        Assert.Equal(0.05, trend.WeightAt(3 * hour), 3);
        Assert.False(trend.IsForgottenAt(8 * hour));
        Assert.True(trend.IsForgottenAt((8 * hour) + 1));
    }
}

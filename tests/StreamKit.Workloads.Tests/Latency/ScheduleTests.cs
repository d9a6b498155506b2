using StreamKit.Latency;

namespace StreamKit.Workloads.Tests.Latency;

public class ScheduleTests
{
    public static TheoryData<int> Rates => [1, 3, 999, 100_000, 500_000, 1_000_000, 7_654_321];

    [Theory]
    [MemberData(nameof(Rates))]
    public void AnEventIsDueAtItsTimeAndNotATickBefore(int eventsPerSecond)
    {
        var schedule = new Schedule(eventsPerSecond);
        for (long index = 0; index < 1000; index++)
        {
            long due = schedule.DueTicks(index);
            Assert.Equal(index, schedule.CountDue(due - 1));
            Assert.True(schedule.CountDue(due) > index);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void ASecondHasAsManyEventsAsTheRateSays(int eventsPerSecond) =>
        Assert.Equal(eventsPerSecond, new Schedule(eventsPerSecond).CountDue(TimeSpan.TicksPerSecond - 1));

    [Theory]
    [MemberData(nameof(Rates))]
    public void AWindowIsClosedByTheFirstEventAtOrAfterItsEnd(int eventsPerSecond)
    {
        var schedule = new Schedule(eventsPerSecond);
        for (long end = 1; end < 3 * TimeSpan.TicksPerSecond; end += 199_999)
        {
            long closedBy = schedule.ClosedByTicks(end);
            Assert.True(closedBy >= end);
            long index = schedule.CountDue(closedBy) - 1;
            Assert.Equal(closedBy, schedule.DueTicks(index));
            Assert.True(index == 0 || schedule.DueTicks(index - 1) < end);
        }
    }

    [Fact]
    public void NothingIsDueBeforeTheStart() => Assert.Equal(0, new Schedule(1000).CountDue(-1));
}

namespace StreamKit.Testing.Tests;

/// <summary>The clock moves only when it is told to, and timers fire in the order of their instants.</summary>
public class VirtualTimeTests
{
    private static readonly DateTimeOffset s_start = new(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void TheClockStandsUntilItIsMoved()
    {
        var time = new VirtualTime(s_start);
        long before = time.GetTimestamp();
        Assert.Equal(s_start, time.GetUtcNow());
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(s_start.AddSeconds(3), time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(3), time.GetElapsedTime(before));
        Assert.Throws<ArgumentOutOfRangeException>(() => time.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void TimersFireInTheOrderOfTheirInstantsAndSeeThem()
    {
        var time = new VirtualTime(s_start);
        List<string> calls = [];
        void Log(object? name) => calls.Add($"{name} {(time.GetUtcNow() - s_start).TotalSeconds}");
        using ITimer later = time.CreateTimer(Log, "later", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using ITimer sooner = time.CreateTimer(Log, "sooner", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using ITimer again = time.CreateTimer(Log, "again", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["sooner 2", "again 2", "again 4", "later 5", "again 6"], calls);
    }

    [Fact]
    public void AChangedOrDisposedTimerForgetsItsOldInstant()
    {
        var time = new VirtualTime(s_start);
        int calls = 0;
        ITimer timer = time.CreateTimer(_ => calls++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, calls);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, calls);

        timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void AnInstantThatHasPassedComesWithTheNextAdvance()
    {
        var time = new VirtualTime(s_start);
        int calls = 0;
        using ITimer timer = time.CreateTimer(_ => calls++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Equal(0, calls);
        time.Advance(TimeSpan.Zero);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task ADelayEndsWhenTheClockHasMovedFarEnough()
    {
        var time = new VirtualTime(s_start);
        Task delay = Task.Delay(TimeSpan.FromMinutes(1), time, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }
}

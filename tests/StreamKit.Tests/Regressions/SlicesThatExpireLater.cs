using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Regressions;

/// <summary>
/// A slice of a window that waits for its expiry was taken for the oldest of those that roll, when a later window had
/// fired and gone in the same round. Found by a law, hopping 8 every 7 offset -9, lateness 8.
/// </summary>
public class SlicesThatExpireLater
{
    [Fact]
    public void AWindowThatGoesBeforeAnEarlierOneTakesItsSlicesInOrder()
    {
        using var test = StreamTest.For(
            (DataStream<string> s) => s
                .WithEventTime(_ => default(Timestamp), Watermarks.Monotonic())
                .KeyBy(k => k)
                .Window(TimeWindows.Hopping(TimeSpan.FromTicks(8), TimeSpan.FromTicks(7), TimeSpan.FromTicks(-9)))
                .AllowLateness(TimeSpan.FromTicks(8))
                .Sum(_ => 1L),
            new StreamTestOptions { Unit = TimeSpan.FromTicks(1) });
        test.Push(-2, "k").Push(3, "k").Push(7, "k").Watermark(-1)
            .ExpectOutputWhere(w => Is(w, -9, 1))
            .End()
            .ExpectOutputWhere(w => Is(w, -2, 2), w => Is(w, 5, 1))
            .ExpectNoState();
    }

    private static bool Is(WindowResult<string, long> result, long start, long sum) =>
        result.Window.StartTime.Ticks == start && result.Value == sum;
}

using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Testing.Tests;

/// <summary>Each law finds the assigner that breaks it.</summary>
public class WindowAssignerLawsTests
{
    private static readonly TimeSpan s_ten = TimeSpan.FromTicks(10);

    [Fact]
    public void AnHonestAssignerPasses() => WindowAssignerLaws.Check(
        Assigner((size, time, windows) => windows.Add(Window.Aligned(time, Ticks(size)))), [7, 10]);

    [Fact]
    public void AnAssignerThatGivesNoWindowNowAndThenPasses() => WindowAssignerLaws.Check(
        Assigner((_, time, windows) =>
        {
            if (time.Ticks % 2 == 0)
            {
                windows.Add(Window.From(time, s_ten));
            }
        }),
        [1]);

    [Fact]
    public void ATruncatingRemainderIsFoundBecauseItMissesNegativeTimes() => Finds(
        Assigner((_, time, windows) => windows.Add(Window.From(new Timestamp(time.Ticks - (time.Ticks % 10)), s_ten))),
        "does not contain");

    [Fact]
    public void AnEndThatOverflowsIsFound() => Finds(
        Assigner((_, time, windows) => windows.Add(
            new Window(time, new Timestamp(unchecked(time.Ticks + 10))))),
        "A window ends after it starts");

    [Fact]
    public void AnAssignerThatRemembersIsFound()
    {
        int calls = 0;
        Finds(
            Assigner((_, time, windows) => windows.Add(Window.From(time, Ticks(1 + (calls++ % 7))))),
            "depend on nothing but the record");
    }

    [Fact]
    public void MoreWindowsThanTheLimitAreFound() => Finds(
        Assigner((_, time, windows) =>
        {
            for (long length = 1; true; length++)
            {
                windows.Add(Window.From(time, Ticks(length)));
            }
        }),
        "more than 1000 windows",
        limit: 1_000);

    [Fact]
    public void AWindowThatIsGivenTwiceIsFound() => Finds(
        Assigner((_, time, windows) =>
        {
            windows.Add(Window.From(time, s_ten));
            windows.Add(Window.From(time, s_ten));
        }),
        "twice");

    [Fact]
    public void AnEndBesideTheGranularityIsFound() => Finds(
        new Assigning { Granularity = s_ten, How = (_, time, windows) => windows.Add(Window.From(time, s_ten)) },
        "granularity");

    [Fact]
    public void ANegativeGranularityIsFound() => Finds(
        new Assigning { Granularity = -s_ten, How = (_, _, _) => { } }, "granularity");

    [Fact]
    public void WindowsThatMergeWhereTheyOverlapPass() => WindowAssignerLaws.Check(new Merging(), [1, 5, 20]);

    [Fact]
    public void WindowsThatMergeWhereTheyTouchPass() => WindowAssignerLaws.Check(
        new Merging { How = static (a, b) => a.StartTime <= b.EndTime && b.StartTime <= a.EndTime }, [1, 5, 20]);

    [Fact]
    public void WindowsThatNeverMergeNotEvenWithThemselvesAreFound() =>
        Finds(new Merging { How = static (_, _) => false }, "merges with itself");

    [Fact]
    public void AMergeThatDependsOnWhichIsNamedFirstIsFound() =>
        Finds(new Merging { How = static (a, b) => a.StartTime <= b.StartTime }, "named first");

    [Fact]
    public void AMergeThatDependsOnTheOrderIsFound() => Finds(
        new Merging { How = static (a, b) => a == b || (a.Overlaps(b) && Length(a) + Length(b) < 60) },
        "order of merging");

    [Fact]
    public void AMergeThatThrowsIsFound() => Finds(
        new Merging { How = static (_, _) => throw new FormatException("no idea") }, "no idea");

    [Fact]
    public void AMergingWindowThatMissesItsRecordIsFound() =>
        Finds(new Merging { Start = static time => new Timestamp(time.Ticks & ~0xFFL) }, "does not contain");

    [Fact]
    public void NoSampleIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowAssignerLaws.Check(new Merging(), []));

    private static long Length(Window window) => window.EndTime.Ticks - window.StartTime.Ticks;

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);

    private static Assigning Assigner(Action<int, Timestamp, WindowCollector> how) => new() { How = how };

    private static void Finds(IWindowAssigner<int> assigner, string law, int limit = 100_000)
    {
        var failure = Assert.Throws<StreamTestException>(() => WindowAssignerLaws.Check(assigner, [1], limit));
        Assert.Contains(law, failure.Message, StringComparison.Ordinal);
    }

    private static void Finds(IMergingWindowAssigner<int> assigner, string law)
    {
        var failure = Assert.Throws<StreamTestException>(() => WindowAssignerLaws.Check(assigner, [5, 20]));
        Assert.Contains(law, failure.Message, StringComparison.Ordinal);
    }

    private sealed class Assigning : IWindowAssigner<int>
    {
        public TimeSpan Granularity { get; init; }

        public required Action<int, Timestamp, WindowCollector> How { get; init; }

        public void Assign(in int record, Timestamp timestamp, WindowCollector windows) =>
            How(record, timestamp, windows);
    }

    private sealed class Merging : IMergingWindowAssigner<int>
    {
        public Func<Timestamp, Timestamp> Start { get; init; } = static time => time;

        public Func<Window, Window, bool> How { get; init; } = static (a, b) => a.Overlaps(b);

        public Window Assign(in int record, Timestamp timestamp) => Window.From(Start(timestamp), Ticks(record));

        public bool ShouldMerge(Window one, Window other) => How(one, other);
    }
}

using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Testing.Running;

/// <summary>Checks how the windows of one assigner merge.</summary>
internal sealed class MergeCheck<T>(IMergingWindowAssigner<T> assigner)
{
    private const int Groups = 60;

    // All orders of four windows are 24, and four are enough for two pairs that a fifth would join.
    private const int WindowsPerGroup = 4;

    public void Run(IReadOnlyList<T> samples, Random random)
    {
        long[] centers = [.. LawInstants.Any(random)];
        for (int i = 0; i < Groups; i++)
        {
            long center = centers[random.Next(centers.Length)];
            Window first = Assign(samples[random.Next(samples.Count)], center);
            long length = TickMath.Add(first.EndTime.Ticks, -center);
            Window[] windows =
            [
                .. LawInstants.Around(random, center, Math.Max(1, length), WindowsPerGroup)
                    .Select(ticks => Assign(samples[random.Next(samples.Count)], ticks)),
            ];
            CheckPairs(windows);
            CheckOrders(windows);
        }
    }

    private static IEnumerable<Window[]> Orders(Window[] windows) => windows.Length <= 1
        ? [windows]
        : windows.SelectMany((window, at) =>
            Orders([.. windows.Where((_, other) => other != at)]).Select(rest => (Window[])[window, .. rest]));

    private static string Show(IEnumerable<Window> windows) => string.Join(", ", windows);

    private Window Assign(T record, long ticks) => assigner.Assign(in record, new Timestamp(ticks));

    private void CheckPairs(Window[] windows)
    {
        foreach (Window one in windows)
        {
            if (!ShouldMerge(one, one))
            {
                throw Broken("A window merges with itself", $"{one} does not.");
            }

            foreach (Window other in windows)
            {
                if (ShouldMerge(one, other) != ShouldMerge(other, one))
                {
                    throw Broken(
                        "Whether two windows merge does not depend on which is named first", $"{one}, {other}.");
                }
            }
        }
    }

    private void CheckOrders(Window[] windows)
    {
        Window[] expected = Merged(windows);
        foreach (Window[] order in Orders(windows))
        {
            Window[] actual = Merged(order);
            if (!expected.SequenceEqual(actual))
            {
                throw Broken(
                    "Which windows there are does not depend on the order of merging",
                    $"{Show(windows)} become {Show(expected)}, but {Show(order)} become {Show(actual)}.");
            }
        }

        Window[] twice = Merged([.. windows, .. windows]);
        if (!expected.SequenceEqual(twice))
        {
            throw Broken(
                "Windows that come twice change nothing",
                $"{Show(windows)} become {Show(expected)}, and twice {Show(twice)}.");
        }
    }

    // As the engine merges: a new window takes in all that it, or what it has become, merges with.
    private Window[] Merged(Window[] windows)
    {
        var merged = new List<Window>();
        foreach (Window window in windows)
        {
            Window union = window;
            while (merged.FindIndex(other => ShouldMerge(union, other)) is >= 0 and var met)
            {
                Window other = merged[met];
                merged.RemoveAt(met);
                union = Window.OfTicks(
                    Math.Min(union.StartTime.Ticks, other.StartTime.Ticks),
                    Math.Max(union.EndTime.Ticks, other.EndTime.Ticks));
            }

            merged.Add(union);
        }

        merged.Sort(static (a, b) => a.CompareTo(b));
        return [.. merged];
    }

    private bool ShouldMerge(Window one, Window other)
    {
        try
        {
            return assigner.ShouldMerge(one, other);
        }
        catch (Exception exception)
        {
            throw new StreamTestException(
                $"Any two windows merge or do not: {assigner.GetType().Name} threw at {one}, {other}: "
                + exception.Message,
                exception);
        }
    }

    private StreamTestException Broken(string law, string how) =>
        new($"{law}: broken by {assigner.GetType().Name}. {how}");
}

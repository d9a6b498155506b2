using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Testing.Running;

/// <summary>Checks the windows that one assigner gives to single records.</summary>
internal sealed class AssignmentCheck<T>(string name, Func<T, long, IReadOnlyList<Window>> assign)
{
    public void Run(IReadOnlyList<T> samples, Random random)
    {
        (T Record, long Ticks)[] places =
            [.. from ticks in LawInstants.Any(random).ToArray() from record in samples select (record, ticks)];
        IReadOnlyList<Window>[] windows = [.. places.Select(place => Assign(place.Record, place.Ticks))];

        // Backwards, so that one which remembers the records before gives something else.
        for (int i = places.Length - 1; i >= 0; i--)
        {
            IReadOnlyList<Window> again = Assign(places[i].Record, places[i].Ticks);
            if (!windows[i].SequenceEqual(again))
            {
                throw new StreamTestException(
                    "The windows depend on nothing but the record and its event time: broken by "
                    + $"{name}. {Show(places[i].Record, places[i].Ticks)} was given {Show(windows[i])}, "
                    + $"and later {Show(again)}.");
            }
        }
    }

    private static string Show(IEnumerable<Window> windows) => $"[{string.Join(", ", windows)}]";

    private static string Show(T record, long ticks) =>
        $"The record {Structure.Describe(record, TimeSpan.FromTicks(1))} at {new Timestamp(ticks)} ({ticks} ticks)";

    private IReadOnlyList<Window> Assign(T record, long ticks)
    {
        try
        {
            return assign(record, ticks);
        }
        catch (Exception exception)
        {
            throw new StreamTestException(
                $"Every record has windows, each of which contains it: broken by {name}. {Show(record, ticks)}: "
                + exception.Message,
                exception);
        }
    }
}

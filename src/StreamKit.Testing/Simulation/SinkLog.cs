using StreamKit.Connectors;

namespace StreamKit.Testing.Simulation;

/// <summary>What a sink holds outside of the processes that write to it.</summary>
internal sealed class SinkLog<T>(SinkGuarantee guarantee) : ISimulatedSink
{
    private const int MostNamed = 5;

    /// <summary>What can be seen.</summary>
    public List<T> Committed { get; } = [];

    /// <summary>What is prepared and cannot be seen yet, by epoch.</summary>
    public SortedDictionary<long, List<T>> Prepared { get; } = [];

    /// <summary>The last epoch that was committed.</summary>
    public long LastEpoch { get; set; }

    /// <summary>The key by which a record replaces another; null where records are appended.</summary>
    public Func<T, object>? Key { get; set; }

    public SinkGuarantee Guarantee => guarantee;

    public string? Compare(ISimulatedSink undisturbed)
    {
        var expected = (SinkLog<T>)undisturbed;
        return Key is { } key ? CompareLast(expected, key) : CompareCounts(expected);
    }

    private string? CompareLast(SinkLog<T> expected, Func<T, object> key)
    {
        Dictionary<object, T> mine = LastOf(Committed, key), theirs = LastOf(expected.Committed, key);
        var wrong = new List<string>();
        foreach ((object at, T value) in theirs)
        {
            if (!mine.TryGetValue(at, out T? got) || !EqualityComparer<T>.Default.Equals(got, value))
            {
                wrong.Add($"{at}: {got?.ToString() ?? "nothing"} instead of {value}");
            }
        }

        wrong.AddRange(mine.Keys
            .Where(at => !theirs.ContainsKey(at))
            .Select(at => $"{at}: {mine[at]} instead of nothing"));
        return Describe(wrong);
    }

    private string? CompareCounts(SinkLog<T> expected)
    {
        var counts = new Dictionary<Box, int>();
        foreach (T record in expected.Committed)
        {
            counts[new Box(record)] = counts.GetValueOrDefault(new Box(record)) - 1;
        }

        var known = counts.Keys.ToHashSet();
        foreach (T record in Committed)
        {
            counts[new Box(record)] = counts.GetValueOrDefault(new Box(record)) + 1;
        }

        var wrong = new List<string>();
        foreach ((Box record, int difference) in counts)
        {
            if (difference < 0)
            {
                wrong.Add($"{record.Value} is missing {-difference} time(s)");
            }
            else if (difference > 0 && (guarantee == SinkGuarantee.ExactlyOnce || !known.Contains(record)))
            {
                wrong.Add($"{record.Value} is there {difference} time(s) too often");
            }
        }

        return Describe(wrong);
    }

    private static Dictionary<object, T> LastOf(List<T> records, Func<T, object> key)
    {
        var last = new Dictionary<object, T>();
        foreach (T record in records)
        {
            last[key(record)] = record;
        }

        return last;
    }

    private static string? Describe(List<string> wrong) => wrong.Count == 0 ? null
        : string.Join("; ", wrong.Take(MostNamed))
            + (wrong.Count > MostNamed ? $"; and {wrong.Count - MostNamed} more" : "");

    // A record may be null, which a dictionary does not take for a key.
    private readonly record struct Box(T Value);
}

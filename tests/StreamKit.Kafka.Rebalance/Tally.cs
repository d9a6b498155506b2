using System.Globalization;

namespace StreamKit.Kafka.Rebalance;

/// <summary>How often each key was seen in each window.</summary>
internal sealed class Tally
{
    /// <summary>How long a window is, in milliseconds of event time.</summary>
    public const int WindowMilliseconds = 10_000;

    private const int Keys = 50;

    private readonly SortedDictionary<(long Window, int Key), long> _counts = [];

    public long Total => _counts.Values.Sum();

    /// <summary>Event time, in milliseconds: the topic's records go evenly through it.</summary>
    public static long TimeOf(int record) => record;

    public static int KeyOf(int record) => (int)((uint)record * 2_654_435_761 % Keys);

    public static long WindowOf(long time) => time / WindowMilliseconds * WindowMilliseconds;

    /// <summary>The line that says a count.</summary>
    public static string Line(long window, int key, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{window} {key} {count}");

    public void Add(long window, int key, long count)
    {
        _counts.TryGetValue((window, key), out long before);
        _counts[(window, key)] = before + count;
    }

    /// <summary>Adds what a member has written.</summary>
    public void AddFiles(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string line in Directory.GetFiles(folder, pattern).SelectMany(File.ReadLines))
        {
            string[] fields = line.Split(' ');
            Add(
                long.Parse(fields[0], CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[2], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>How many records too many, and how many too few, there are compared with what is right.</summary>
    public (long TooMany, long TooFew) CompareWith(Tally right)
    {
        long tooMany = 0, tooFew = 0;
        foreach ((long Window, int Key) at in _counts.Keys.Union(right._counts.Keys))
        {
            long more = _counts.GetValueOrDefault(at) - right._counts.GetValueOrDefault(at);
            tooMany += Math.Max(0, more);
            tooFew += Math.Max(0, -more);
        }

        return (tooMany, tooFew);
    }
}

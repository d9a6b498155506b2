using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Tests.Floors;

/// <summary>The workloads once more, in the plainest form that can be right.</summary>
internal static class NaiveRecount
{
    public static Checksum W1(ReadOnlySpan<Event> events) => Rows(
        events.ToArray()
            .GroupBy(e => (Window: e.TimestampMs / 1000 * 1000, e.Key))
            .Select(g => (g.Key.Window, (ulong)g.Key.Key, g.LongCount(), g.Sum(e => (long)e.Value))));

    public static Checksum W2(ReadOnlySpan<TextEvent> events) => Rows(
        events.ToArray()
            .GroupBy(e => (Window: e.TimestampMs / 1000 * 1000, e.Key))
            .Select(g => (
                g.Key.Window, Checksum.Fingerprint(g.Key.Key), g.LongCount(), g.Sum(e => (long)e.Value))));

    public static Checksum W3(ReadOnlySpan<Event> events)
    {
        var sums = new Dictionary<(long Window, int Key), long>();
        foreach (ref readonly Event e in events)
        {
            long lastWindow = e.TimestampMs / 1000 * 1000;
            for (long window = lastWindow - 9000; window <= lastWindow; window += 1000)
            {
                sums[(window, e.Key)] = sums.GetValueOrDefault((window, e.Key)) + e.Value;
            }
        }

        return Rows(sums.Select(pair => (pair.Key.Window, (ulong)pair.Key.Key, 0L, pair.Value)));
    }

    public static Checksum W4(ReadOnlySpan<Event> events)
    {
        var result = default(Checksum);
        foreach (IGrouping<int, Event> user in events.ToArray().GroupBy(e => e.Key))
        {
            Event[] ordered = [.. user.OrderBy(e => e.TimestampMs)];
            int first = 0;
            for (int i = 1; i <= ordered.Length; i++)
            {
                if (i == ordered.Length || ordered[i].TimestampMs - ordered[i - 1].TimestampMs >= 30_000)
                {
                    long sum = ordered[first..i].Sum(e => (long)e.Value);
                    result.Add(ordered[i - 1].TimestampMs + 30_000, (ulong)user.Key, i - first, sum);
                    first = i;
                }
            }
        }

        return result;
    }

    public static Checksum W5(ReadOnlySpan<Event> events)
    {
        var maxima = new Dictionary<(long Window, int Key), long>();
        var seconds = events.ToArray()
            .GroupBy(e => (Second: e.TimestampMs / 1000 * 1000, e.Key))
            .Select(g => (g.Key.Second, g.Key.Key, Maximum: g.Max(e => (long)e.Value)));
        foreach ((long second, int key, long maximum) in seconds)
        {
            for (long window = second - 59_000; window <= second; window += 1000)
            {
                maxima[(window, key)] = Math.Max(maximum, maxima.GetValueOrDefault((window, key)));
            }
        }

        return Rows(maxima.Select(pair => (pair.Key.Window, (ulong)pair.Key.Key, pair.Value, 0L)));
    }

    public static Checksum W6(ReadOnlySpan<TweetRecord> tweets)
    {
        string[] tags = [.. tweets.ToArray()
            .Where(tweet => tweet.Language < 8)
            .Select(tweet => (Score: tweet.Followers * 2 + 1, tweet.Tags))
            .Select(scored => scored.Score % 8 == 5 ? [] : scored.Tags)
            .SelectMany(some => some)];
        return Rows([(0, 0, tags.Length, tags.Sum(tag => (long)tag.Length))]);
    }

    public static Checksum W7(ReadOnlySpan<Event> left, ReadOnlySpan<Event> right) => Rows(
        left.ToArray().Join(
            right.ToArray(),
            l => (l.TimestampMs / 10_000, l.Key),
            r => (r.TimestampMs / 10_000, r.Key),
            (l, r) => ((l.TimestampMs / 10_000 + 1) * 10_000, (ulong)l.Key, (long)l.Value, (long)r.Value)));

    private static Checksum Rows(IEnumerable<(long Window, ulong Key, long First, long Second)> rows)
    {
        var result = default(Checksum);
        foreach ((long window, ulong key, long first, long second) in rows)
        {
            result.Add(window, key, first, second);
        }

        return result;
    }
}

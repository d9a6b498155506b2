namespace HashtagTracker.Live;

/// <summary>Collects the counts of windows as they are emitted,
/// and makes of the last ones what the page shows.</summary>
/// <remarks>Thread-safe. A count given again for the same window and tag replaces the one before, as a correction for
/// late tweets does. Only the newest windows are kept;
/// a correction of one that is gone changes nothing on the page.</remarks>
internal sealed class WindowHistory(WindowHistoryOptions options)
{
    private readonly Lock _gate = new();
    private readonly SortedList<DateTimeOffset, Dictionary<string, long>> _windows = [];

    /// <summary>Takes the count of one tag in the window that ends at <paramref name="end"/>.</summary>
    public void Record(DateTimeOffset end, string tag, long count)
    {
        lock (_gate)
        {
            if (!_windows.TryGetValue(end, out Dictionary<string, long>? counts))
            {
                counts = new Dictionary<string, long>(StringComparer.Ordinal);
                _windows.Add(end, counts);
            }

            counts[tag] = count;

            // One more than is shown, so that the oldest one shown has a window before it.
            if (_windows.Count > options.Windows + 1)
            {
                _windows.RemoveAt(0);
            }
        }
    }

    /// <summary>Describes the newest window that ends at or before the watermark, and those that led to it.</summary>
    public DashboardSnapshot Describe(in LiveReadings readings)
    {
        // The end of all sources is the end of event time.
        DateTimeOffset? reached = readings.Watermark == DateTimeOffset.MaxValue ? null : readings.Watermark;
        var snapshot = new DashboardSnapshot
        {
            Time = readings.Time,
            Source = options.Source,
            Sink = options.Sink,
            Ended = readings.Ended,
            Watermark = reached,
            NextEnd = reached is { } time ? EndAfter(time) : null,
            WindowSeconds = options.Window.TotalSeconds,
            EverySeconds = options.Every.TotalSeconds,
            TweetsPerSecond = Math.Round(readings.TweetsPerSecond, 1),
            WatermarkLagSeconds = readings.WatermarkLag is { } lag ? Math.Round(lag.TotalSeconds, 2) : null,
            Hashtags = readings.Hashtags,
            Late = readings.Late,
            Tweets = readings.Tweets,
        };
        lock (_gate)
        {
            int shown = NewestUpTo(readings.Watermark);
            return shown < 0 ? snapshot : AddWindow(snapshot, shown);
        }
    }

    // Windows end at whole hops since 1970, shifted by what their length is more than whole hops.
    private DateTimeOffset EndAfter(DateTimeOffset watermark)
    {
        DateTimeOffset first = DateTimeOffset.UnixEpoch + options.Window;
        double hops = Math.Floor((watermark - first) / options.Every);
        return first + (options.Every * (hops + 1));
    }

    private int NewestUpTo(DateTimeOffset? watermark)
    {
        int shown = _windows.Count - 1;
        while (shown >= 0 && !(_windows.GetKeyAtIndex(shown) <= watermark))
        {
            shown--;
        }

        return shown;
    }

    private DashboardSnapshot AddWindow(DashboardSnapshot snapshot, int shown)
    {
        DateTimeOffset end = _windows.GetKeyAtIndex(shown);
        Dictionary<string, long> counts = _windows.GetValueAtIndex(shown);
        Dictionary<string, long>? before = _windows.GetValueOrDefault(end - options.Every);
        double total = Math.Max(1, counts.Values.Sum());
        TopTag[] top =
        [
            .. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(options.Ranks)
                .Select(pair => new TopTag(
                    pair.Key, pair.Value, Math.Round(pair.Value / total, 4), Change(pair.Value, before, pair.Key))),
        ];
        DateTimeOffset[] ends = SeriesEnds(end);
        return snapshot with
        {
            WindowStart = end - options.Window,
            WindowEnd = end,
            DistinctTags = counts.Count,
            Top = top,
            SeriesEnds = ends,
            Series = [.. top.Take(options.Leaders).Select(leader => SeriesOf(leader.Tag, ends))],
        };
    }

    // A window in which nobody tweeted is never emitted. It is a zero in the chart, not a gap in time.
    private DateTimeOffset[] SeriesEnds(DateTimeOffset last)
    {
        long steps = Math.Min(options.Windows - 1, (last - _windows.GetKeyAtIndex(0)).Ticks / options.Every.Ticks);
        var ends = new DateTimeOffset[steps + 1];
        for (long i = 0; i <= steps; i++)
        {
            ends[i] = last - (options.Every * (steps - i));
        }

        return ends;
    }

    private TagSeries SeriesOf(string tag, DateTimeOffset[] ends) =>
        new(tag, [.. ends.Select(end => _windows.GetValueOrDefault(end)?.GetValueOrDefault(tag) ?? 0)]);

    private static double? Change(long count, Dictionary<string, long>? before, string tag)
    {
        long earlier = before?.GetValueOrDefault(tag) ?? 0;
        return earlier == 0 ? null : Math.Round((count - earlier) / (double)earlier, 4);
    }
}

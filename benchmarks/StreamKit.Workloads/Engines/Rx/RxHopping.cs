using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Rx;

/// <summary>Hopping windows in Rx: groups of one second that close with the watermark, then groups of those.</summary>
/// <remarks>An event is added once, and a second's dictionary is merged into each window that it belongs to; an Rx
/// Window with overlapping openings would visit every open window for every event.</remarks>
internal static class RxHopping
{
    private const int PaneMs = 1000;

    public static Task<Checksum> SumsAsync(IObservable<Event> events) => RunAsync(
        events,
        panesPerWindow: 10,
        disorderMs: 5000,
        static (sum, value) => sum + value,
        static (ref Checksum result, long startMs, int key, long sum) => result.Add(startMs, (uint)key, 0, sum));

    public static Task<Checksum> MaximaAsync(IObservable<Event> events) => RunAsync(
        events,
        panesPerWindow: 60,
        disorderMs: 0,
        Math.Max,
        static (ref Checksum result, long startMs, int key, long max) => result.Add(startMs, (uint)key, max, 0));

    private static async Task<Checksum> RunAsync(
        IObservable<Event> events, int panesPerWindow, int disorderMs, Func<long, long, long> combine, AddRow add)
    {
        using var panesDue = new Subject<long>();
        using var windowsDue = new Subject<long>();
        var result = default(Checksum);
        long nextMs = long.MinValue;
        await events
            .Do(e =>
            {
                long watermarkMs = e.TimestampMs - disorderMs;
                if (watermarkMs >= nextMs)
                {
                    // The panes first: a window closes with its last pane.
                    panesDue.OnNext(watermarkMs);
                    windowsDue.OnNext(watermarkMs);
                    nextMs = (watermarkMs / PaneMs + 1) * PaneMs;
                }
            })
            .GroupByUntil(
                static e => e.TimestampMs / PaneMs,
                pane => panesDue.Where(watermarkMs => watermarkMs >= (pane.Key + 1) * PaneMs))
            .SelectMany(pane => pane
                .Aggregate(
                    new Dictionary<int, long>(),
                    (values, e) => Combine(values, e.Key, e.Value, combine))
                .Select(values => (Number: pane.Key, Values: values)))
            .SelectMany(pane => Enumerable.Range(0, panesPerWindow).Select(i => (First: pane.Number - i, pane.Values)))
            .GroupByUntil(
                static part => part.First,
                window => windowsDue.Where(watermarkMs => watermarkMs >= (window.Key + panesPerWindow) * PaneMs))
            .SelectMany(window => window
                .Aggregate(new Dictionary<int, long>(), (values, part) => Merge(values, part.Values, combine))
                .Select(values => (First: window.Key, Values: values)))
            .ForEachAsync(window =>
            {
                foreach ((int key, long value) in window.Values)
                {
                    add(ref result, window.First * PaneMs, key, value);
                }
            });
        return result;
    }

    private static Dictionary<int, long> Merge(
        Dictionary<int, long> into, Dictionary<int, long> from, Func<long, long, long> combine)
    {
        foreach ((int key, long value) in from)
        {
            Combine(into, key, value, combine);
        }

        return into;
    }

    private static Dictionary<int, long> Combine(
        Dictionary<int, long> values, int key, long value, Func<long, long, long> combine)
    {
        ref long current = ref CollectionsMarshal.GetValueRefOrAddDefault(values, key, out bool known);
        current = known ? combine(current, value) : value;
        return values;
    }

    private delegate void AddRow(ref Checksum result, long startMs, int key, long value);
}

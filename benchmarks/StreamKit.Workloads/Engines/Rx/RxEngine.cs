using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Engines.Programs;
using Unit = System.Reactive.Unit;

namespace StreamKit.Workloads.Engines.Rx;

/// <summary>System.Reactive with its own operators, item by item on one thread, which is how it is fastest.</summary>
/// <remarks>
/// Rx has windows of arrival, not of event time: here the events drive a subject that opens and closes them. Its own
/// Join pairs every open item with every other, so W7 gathers a window and matches it in a dictionary.
/// </remarks>
internal sealed class RxEngine : IEngine
{
    private const int SecondMs = 1000;
    private const int JoinWindowMs = 10_000;

    // It notifies each of the groups that are open whenever time goes on.
    private const int MostEventsOfARun = 5_000_000;

    public string Name => "Rx";

    // Its operators know no lanes.
    public bool Supports(string workload, RunOptions options) =>
        WorkloadCatalog.Names.Contains(workload) && options.Lanes == 1;

    public int MostEvents(string workload) => MostEventsOfARun;

    public Task<Checksum> RunAsync(Workload workload, RunOptions options) => workload switch
    {
        SingleInputWorkload<Event> { Name: "W1" } w1 => TumbleAsync(
            w1.Input, static e => e.TimestampMs, static e => (e.Key, e.Value), static key => (uint)key),
        SingleInputWorkload<TextEvent> w2 => TumbleAsync(
            w2.Input, static e => e.TimestampMs, static e => (e.Key, e.Value), Checksum.Fingerprint),
        SingleInputWorkload<Event> { Name: "W3" } w3 => RxHopping.SumsAsync(Each(w3.Input)),
        SingleInputWorkload<Event> { Name: "W4" } w4 => SessionsAsync(w4.Input),
        SingleInputWorkload<Event> { Name: "W5" } w5 => RxHopping.MaximaAsync(Each(w5.Input)),
        SingleInputWorkload<TweetRecord> w6 => CountTagsAsync(w6.Input),
        JoinWorkload w7 => JoinAsync(w7.Left, w7.Right),
        _ => throw new NotSupportedException($"{Name} does not run {workload.Name}"),
    };

    // ToObservable would go through a scheduler for every item.
    private static IObservable<T> Each<T>(T[] input) => Observable.Create<T>(observer =>
    {
        foreach (T item in input)
        {
            observer.OnNext(item);
        }

        observer.OnCompleted();
        return Disposable.Empty;
    });

    private static async Task<Checksum> TumbleAsync<T, TKey>(
        T[] input, Func<T, long> timeMs, Func<T, (TKey Key, int Value)> select, Func<TKey, ulong> fingerprint)
        where TKey : notnull
    {
        var result = default(Checksum);
        await Windows(Each(input), timeMs, SecondMs)
            .SelectMany(window => window.Aggregate(
                new RxTotals<TKey>(),
                (totals, item) =>
                {
                    (TKey key, int value) = select(item);
                    totals.Add(timeMs(item), key, value);
                    return totals;
                }))
            .ForEachAsync(totals =>
            {
                foreach ((TKey key, Total total) in totals.Totals)
                {
                    result.Add(totals.TimeMs / SecondMs * SecondMs, fingerprint(key), total.Count, total.Sum);
                }
            });
        return result;
    }

    // The boundary goes out before the item that passes it, so that the item is the first of the new window. Window
    // subscribes to the items before it does to the boundaries, so the items must not come before it has done both.
    private static IObservable<IObservable<T>> Windows<T>(IObservable<T> items, Func<T, long> timeMs, int sizeMs) =>
        Observable.Create<IObservable<T>>(observer =>
        {
            var boundary = new Subject<Unit>();
            var arrivals = new Subject<T>();
            IDisposable windows = arrivals.Window(boundary).Subscribe(observer);
            long endMs = long.MinValue;
            IDisposable source = items.Subscribe(
                item =>
                {
                    long time = timeMs(item);
                    if (time >= endMs)
                    {
                        boundary.OnNext(Unit.Default);
                        endMs = (time / sizeMs + 1) * sizeMs;
                    }

                    arrivals.OnNext(item);
                },
                arrivals.OnError,
                arrivals.OnCompleted);
            return new CompositeDisposable(windows, source, boundary, arrivals);
        });

    // A session comes out with the next event of its user or at the end, which is later than a stream engine gives it:
    // to close it when time passes, each of ten thousand groups would have to watch the clock.
    private static async Task<Checksum> SessionsAsync(Event[] input)
    {
        var result = default(Checksum);
        await Each(input)
            .GroupBy(static e => e.Key)
            .SelectMany(static user => user
                .Select(static e => (Event?)e)
                .Append(null)
                .Scan(new RxSession(), static (session, e) => session.Next(e))
                .Where(static session => session.IsOver)
                .Select(session => (user.Key, session.EndMs, session.Closed)))
            .ForEachAsync(row => result.Add(row.EndMs, (uint)row.Key, row.Closed.Count, row.Closed.Sum));
        return result;
    }

    private static async Task<Checksum> CountTagsAsync(TweetRecord[] input)
    {
        var result = default(Checksum);
        await Each(input)
            .Where(static tweet => tweet.Language < 8)
            .Select(static tweet => (Score: tweet.Followers * 2 + 1, tweet.Tags))
            .Select(static tweet => (tweet.Score & 7) == 5 ? [] : tweet.Tags)
            .SelectMany(static tags => tags)
            .Aggregate(
                (Count: 0L, Characters: 0L),
                static (total, tag) => (total.Count + 1, total.Characters + tag.Length))
            .ForEachAsync(total => result.Add(0, 0, total.Count, total.Characters));
        return result;
    }

    private static async Task<Checksum> JoinAsync(Event[] left, Event[] right)
    {
        var result = default(Checksum);
        var arrivals = Observable.Create<SidedEvent>(observer =>
        {
            for (int i = 0; i < left.Length; i++)
            {
                observer.OnNext(new SidedEvent(left[i], IsLeft: true));
                observer.OnNext(new SidedEvent(right[i], IsLeft: false));
            }

            observer.OnCompleted();
            return Disposable.Empty;
        });
        await Windows(arrivals, static sided => sided.Event.TimestampMs, JoinWindowMs)
            .SelectMany(static window => window.Aggregate(
                new RxJoinTable(),
                static (table, sided) =>
                {
                    table.Add(sided);
                    return table;
                }))
            .SelectMany(static table => table.Pairs())
            .ForEachAsync(pair => result.Add(
                (pair.Left.TimestampMs / JoinWindowMs + 1) * JoinWindowMs,
                (uint)pair.Left.Key,
                pair.Left.Value,
                pair.Right.Value));
        return result;
    }
}

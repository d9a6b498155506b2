using WebAnalytics.AccessLogs;

namespace WebAnalytics.Simulation;

/// <summary>Invents a day of a small web shop: people who look at pages and go, and a crawler that stays.</summary>
/// <remarks>The same options give the same day, down to the order of arrival.</remarks>
internal sealed class VisitorDay(DayOptions options)
{
    // How much is going on in each hour of the day.
    private static readonly double[] s_hours =
        [1, .6, .4, .3, .4, .8, 2, 3, 5, 6, 6, 6, 7, 6, 6, 6, 6, 7, 8, 9, 10, 8, 5, 2];

    private static readonly (string Page, double Weight)[] s_pages =
    [
        ("/", 10), ("/offers", 7), ("/shoes", 5), ("/bags", 3), ("/basket", 3), ("/checkout", 2),
        ("/shoes/red-runner", 2), ("/bags/weekender", 2), ("/help", 1), ("/about", .5), ("/blog/spring", 1),
        ("/blog/care-for-leather", .7),
    ];

    private static readonly string[] s_assets = ["/site.css", "/site.js", "/logo.svg", "/photo.jpg"];

    /// <summary>The day's requests in the order of their arrival.</summary>
    public IReadOnlyList<Delivery> Deliveries()
    {
        var random = new DeterministicRandom(options.Seed);
        var all = new List<Delivery>();
        for (int visit = 0; visit < options.Visits; visit++)
        {
            Visit(random, all);
        }

        Crawl(random, all);

        // Stable: what arrives at the same time stays in the order in which it was invented.
        return [.. all.OrderBy(delivery => delivery.Arrival)];
    }

    private static T Pick<T>(IReadOnlyList<(T Item, double Weight)> items, DeterministicRandom random)
    {
        double left = random.NextDouble() * items.Sum(item => item.Weight);
        foreach ((T item, double weight) in items)
        {
            left -= weight;
            if (left < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    private void Visit(DeterministicRandom random, List<Delivery> all)
    {
        int hour = Pick([.. s_hours.Select((weight, index) => (index, weight))], random);
        double seconds = (hour + random.NextDouble()) * 3600;
        string client = Address(random.NextIndex(options.People));
        int pages = 1 + (int)random.NextExponential(mean: 3, limit: 30);
        for (int page = 0; page < pages && seconds < 86_400; page++)
        {
            string target = Pick(s_pages, random) + (random.NextDouble() < .05 ? "?from=mail" : string.Empty);
            int status = random.NextDouble() switch { < .01 => 404, < .013 => 500, < .1 => 304, _ => 200 };
            Add(all, random, client, seconds, (target, status));
            foreach (string asset in page == 0 ? s_assets : s_assets[3..])
            {
                Add(all, random, client, seconds + 1, (asset, 200));
            }

            seconds += 2 + random.NextExponential(mean: 90, limit: 1500);
        }
    }

    // It never rests for long, so only the longest duration of a visit cuts its visits.
    private void Crawl(DeterministicRandom random, List<Delivery> all)
    {
        for (double seconds = 30; seconds < 86_400; seconds += 60 + random.NextExponential(mean: 240, limit: 480))
        {
            Add(all, random, "203.0.113.7", seconds, ("/robots.txt", 200));
        }
    }

    private void Add(
        List<Delivery> all,
        DeterministicRandom random,
        string client,
        double seconds,
        (string Target, int Status) asked)
    {
        long bytes = asked.Status == 304 ? 0 : 400 + random.NextIndex(20_000);
        double delay = random.NextDouble() < options.HeldBack
            ? 60 + (random.NextDouble() * 1_140)
            : random.NextExponential(mean: 4, limit: 40);
        double downFor = seconds - options.DownFrom.TotalSeconds;
        if (seconds >= 86_400 || (downFor >= 0 && downFor < options.DownFor.TotalSeconds))
        {
            return;
        }

        // Logs know whole seconds only.
        DateTimeOffset time = options.Start.AddSeconds(Math.Floor(seconds));
        var request = new LogRequest(client, time, "GET", asked.Target, asked.Status, bytes);
        all.Add(new Delivery(request, options.Start.AddSeconds(seconds + delay)));
    }

    // From the block that documentation may use, and a private one.
    private static string Address(int person) => $"10.{person / 65_536}.{person / 256 % 256}.{person % 256}";
}

using StreamKit.Aggregation;
using WebAnalytics.AccessLogs;

namespace WebAnalytics;

/// <summary>What came in some minutes.</summary>
internal readonly record struct Traffic(long Requests, long PageViews, long Clients, long Viewers, Answers Answers)
{
    public static Traffic Of(Aggregates<LogRequest> a)
    {
        long requests = a.Count();
        long views = a.Sum(r => r.IsPageView ? 1L : 0L);
        long clients = a.CountDistinct(r => r.Client);

        // All that viewed no page count as one client without a name, who is then taken off.
        long viewers = a.CountDistinct(r => r.IsPageView ? r.Client : string.Empty) - (requests > views ? 1 : 0);
        var answers = new Answers(
            a.Sum(r => r.Status is >= 400 and < 500 ? 1L : 0L),
            a.Sum(r => r.Status is >= 500 and < 600 ? 1L : 0L),
            a.Sum(r => r.Bytes));
        return new Traffic(requests, views, clients, viewers, answers);
    }
}

/// <summary>How they were answered.</summary>
internal readonly record struct Answers(long ClientErrors, long ServerErrors, long Bytes);

/// <summary>What one client did without a long pause.</summary>
internal readonly record struct Visit(DateTimeOffset First, DateTimeOffset Last, long Requests)
{
    public TimeSpan Duration => Last - First;
}

/// <summary>Different clients that saw pages on a day, and how many pages.</summary>
internal readonly record struct DayTotals(long Visitors, long PageViews);

using HashtagTracker.Live;
using StreamKit;
using StreamKit.Time;

namespace HashtagTracker;

/// <summary>Serves the page, and keeps it supplied with what the running job says.</summary>
internal sealed class LivePage(TrackerOptions options, WindowHistory history) : IDisposable
{
    // Four pictures a second look alive; more would only cost.
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);

    private readonly SnapshotHub _hub = new(TimeProvider.System, new SnapshotHubOptions());
    private readonly RateMeter _rate = new(TimeProvider.System, TimeSpan.FromSeconds(5));

    private readonly long _began = TimeProvider.System.GetTimestamp();
    private double _beganAtTicks = double.NegativeInfinity;

    public WebApplication Create()
    {
        var hosting = new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(hosting);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A port that is taken is told in one line by the program, not with a stack trace too.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, options.Port));
        WebApplication app = builder.Build();
        app.MapDashboard(_hub);
        return app;
    }

    /// <summary>Publishes a snapshot four times a second, also after the job's end, and returns when it is told to
    /// stop; throws what the job throws when that fails.</summary>
    public async Task FollowAsync(StreamJob job, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(s_period);
        using CancellationTokenRegistration end = stopping.Register(timer.Dispose);
        do
        {
            if (job.Completion.IsFaulted)
            {
                await job.Completion;
            }

            _hub.Publish(history.Describe(Read(job)));
        }
        while (await timer.WaitForNextTickAsync(CancellationToken.None));
    }

    public void Dispose() => _hub.Dispose();

    // How far the stream is behind its own "now", which runs at its speed. A stream may be behind but never ahead of
    // it, so the furthest that it was ever seen tells where now is. As fast as it goes there is no now, and so no lag.
    private TimeSpan? Lag(DateTimeOffset watermark)
    {
        if (double.IsInfinity(options.Speed))
        {
            return null;
        }

        double passedTicks = TimeProvider.System.GetElapsedTime(_began).Ticks * options.Speed;
        double newestTicks = watermark.UtcTicks + options.OutOfOrderness.Ticks;
        _beganAtTicks = Math.Max(_beganAtTicks, newestTicks - passedTicks);
        return TimeSpan.FromTicks((long)(_beganAtTicks + passedTicks - watermark.UtcTicks));
    }

    private LiveReadings Read(StreamJob job)
    {
        JobMetrics metrics = job.GetMetrics();
        long tweets = metrics.Of(TrackerPipeline.EventTimeName).Sum(o => o.RecordsOut);
        Timestamp watermark = metrics.Of(TrackerPipeline.EventTimeName).Select(o => o.Watermark).FirstOrDefault();
        bool known = watermark > Timestamp.MinValue && watermark < Timestamp.MaxValue;
        return new LiveReadings
        {
            Time = TimeProvider.System.GetUtcNow(),
            Watermark = watermark == Timestamp.MinValue ? null : watermark.ToDateTimeOffset(),
            Ended = job.Completion.IsCompletedSuccessfully,
            WatermarkLag = known ? Lag(watermark.ToDateTimeOffset()) : null,
            TweetsPerSecond = _rate.Sample(tweets),
            Hashtags = metrics.Of(TrackerPipeline.HashtagsName).Sum(o => o.RecordsOut),
            Late = metrics.Of(TrackerPipeline.CountsName).Sum(o => o.LateRecords + o.PartlyLateRecords),
            Tweets = tweets,
        };
    }
}

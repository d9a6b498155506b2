using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StreamKit.Checkpointing;

namespace StreamKit.Hosting.Tests;

/// <summary>What the health check of a pipeline says, in virtual time.</summary>
public sealed class HealthTests : IAsyncDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly FedLog<Visit> _log = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TestApp _app = new();

    private int Now => (int)_app.Clock.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public void EveryPipelineHasACheckWithTheTag()
    {
        _app.Add("one", Timed).Add("other", Timed);
        HealthCheckServiceOptions checks =
            _app.Host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value;

        Assert.Equal(["streamkit:one", "streamkit:other"], checks.Registrations.Select(static check => check.Name));
        Assert.All(checks.Registrations, static check => Assert.Equal(["streamkit"], check.Tags));
        Assert.Equal("streamkit", StreamKitBuilder.HealthTag);
    }

    [Fact]
    public async Task APipelineIsHealthyWhileItRunsAndNotBeforeAndAfter()
    {
        _app.Add("visits", Timed);
        HealthReportEntry waiting = await _app.CheckAsync("visits");
        await _app.StartAsync();
        HealthReportEntry running = await _app.CheckAsync("visits");
        await _app.StopAsync();
        HealthReportEntry stopped = await _app.CheckAsync("visits");

        Assert.Equal((HealthStatus.Unhealthy, "Waiting"), (waiting.Status, waiting.Data["state"]));
        Assert.Equal("The pipeline has not been started yet.", waiting.Description);
        Assert.Equal((HealthStatus.Healthy, "Running"), (running.Status, running.Data["state"]));
        Assert.Null(running.Description);
        Assert.Equal((HealthStatus.Degraded, "Stopped"), (stopped.Status, stopped.Data["state"]));
    }

    [Fact]
    public async Task AFailedPipelineIsUnhealthyAndSaysWhy()
    {
        _app.Add(
            "visits",
            builder => builder.From(_log)
                .Select(static visit => 1 / visit.Second).Named("divide")
                .ForEach(static _ => { }),
            static options => options.OnFailure = FailureReaction.LeaveUnhealthy);
        await _app.StartAsync();
        _log.Feed(new Visit(0, "home"));
        HealthReportEntry failed = await _app.UntilAsync("visits", HealthStatus.Unhealthy, TimeSpan.Zero);

        Assert.StartsWith(
            "The pipeline failed: Operator 'divide' failed: Attempted to divide by zero", failed.Description,
            StringComparison.Ordinal);
        Assert.IsType<Diagnostics.StreamException>(failed.Exception);
        Assert.Equal("Failed", failed.Data["state"]);
        Assert.Equal(1L, failed.Data["errors"]);
        await _app.StopAsync();
    }

    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData(HealthStatus.Unhealthy, HealthStatus.Unhealthy)]
    public async Task APipelineThatHasEndedIsWhatTheOptionsSay(HealthStatus? said, HealthStatus status)
    {
        _app.Add("visits", Timed, options => options.Health.WhenEnded = said ?? options.Health.WhenEnded);
        await _app.StartAsync();
        _log.End();
        await Eventually.TrueAsync(() => _app.Find("visits").State == PipelineState.Ended, "it has ended");
        HealthReportEntry ended = await _app.CheckAsync("visits");

        Assert.Equal((status, "The pipeline has ended."), (ended.Status, ended.Description));
        await _app.StopAsync();
    }

    [Fact]
    public async Task AWatermarkThatIsFurtherBehindThanAllowedDegrades()
    {
        _app.Add("visits", Timed, static options => options.Health.MaxWatermarkLag = TimeSpan.FromMinutes(1));
        await _app.StartAsync();
        _log.Feed(new Visit(Now - 10, "home"));
        await LagIsKnownAsync();
        Assert.Equal(HealthStatus.Healthy, (await _app.CheckAsync("visits")).Status);
        Assert.Equal(TimeSpan.FromSeconds(10), (await _app.CheckAsync("visits")).Data["watermarkLag"]);

        _app.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(HealthStatus.Healthy, (await _app.CheckAsync("visits")).Status);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        HealthReportEntry behind = await _app.CheckAsync("visits");
        Assert.Equal(HealthStatus.Degraded, behind.Status);
        Assert.Equal(
            "The watermark of 'time' lies 00:01:01 behind the clock; 00:01:00 are allowed.", behind.Description);

        _log.Feed(new Visit(Now, "home"));
        await _app.UntilAsync("visits", HealthStatus.Healthy, TimeSpan.Zero);
        await _app.StopAsync();
    }

    [Fact]
    public async Task WithoutALimitAStreamOfThePastIsHealthy()
    {
        _app.Add("visits", Timed);
        await _app.StartAsync();
        _log.Feed(new Visit(1, "home"));
        await LagIsKnownAsync();
        _app.Clock.Advance(TimeSpan.FromDays(1000));

        // A step that was waiting for a moment when the clock jumped seems to have waited as long.
        await _app.UntilAsync("visits", HealthStatus.Healthy, TimeSpan.Zero);
        await _app.StopAsync();
    }

    [Theory]
    [InlineData(HealthStatus.Degraded)]
    [InlineData(HealthStatus.Unhealthy)]
    public async Task APipelineWhoseSinkDoesNotTakeItsRecordsIsStuck(HealthStatus whenStuck)
    {
        _app.Add("visits", Gated, options => options.Health.WhenStuck = whenStuck);
        await _app.StartAsync();
        _log.Feed(new Visit(Now, "home"));
        await BlockedAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HealthStatus.Healthy, (await _app.CheckAsync("visits")).Status);
        _app.Clock.Advance(s_second);
        HealthReportEntry stuck = await _app.CheckAsync("visits");

        Assert.Equal((whenStuck, "gate"), (stuck.Status, stuck.Data["stuck"]));
        Assert.Equal(
            "'gate' has been waiting for 00:01:00 for room behind it or for what it writes to.", stuck.Description);
        _gate.SetResult();
        await _app.UntilAsync("visits", HealthStatus.Healthy, TimeSpan.Zero);
        await _app.StopAsync();
    }

    [Fact]
    public async Task AFullChannelSaysWhoHoldsItUp()
    {
        _app.Add("visits", Gated, static options => (options.ChannelCapacity, options.BatchSize) = (1, 1));
        await _app.StartAsync();
        _log.Feed(Enumerable.Repeat(new Visit(Now, "home"), 20));
        await Eventually.TrueAsync(
            _app.Clock,
            s_second,
            () => _app.Jobs["visits"].GetMetrics().Operators is var operators
                && operators.Count(static o => o.Blocked > TimeSpan.Zero) > 1
                && operators.Any(static o => o.QueueDepth > 0),
            "those before the sink wait too, and its channel is full");
        HealthReportEntry stuck = await _app.UntilAsync("visits", HealthStatus.Degraded, s_second);

        Assert.StartsWith("'gate' has been waiting for ", stuck.Description, StringComparison.Ordinal);
        Assert.True((int)stuck.Data["queueDepth"] > 0);
        _gate.SetResult();
        await _app.StopAsync();
    }

    [Fact]
    public async Task CheckpointsThatDoNotComeDegrade()
    {
        _app.Add("visits", Gated, options => options.ConfigureJob = static (_, job) => job with
        {
            Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromSeconds(10)),
        });
        await _app.StartAsync();
        _log.Feed(new Visit(Now, "home"));
        await BlockedAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HealthStatus.Healthy, (await _app.CheckAsync("visits")).Status);
        _app.Clock.Advance(s_second);
        HealthReportEntry old = await _app.CheckAsync("visits");

        Assert.Equal(HealthStatus.Degraded, old.Status);
        Assert.Equal(TimeSpan.FromSeconds(31), old.Data["checkpointAge"]);
        Assert.Equal(
            "No checkpoint was completed for 00:00:31; one is due every 00:00:10.", old.Description);
        _gate.SetResult();
        HealthReportEntry well = await _app.UntilAsync("visits", HealthStatus.Healthy, TimeSpan.Zero);
        Assert.True((long)well.Data["checkpoints"] > 0);
        Assert.Equal(_app.Jobs["visits"].GetCheckpointStatus().Last!.Id, well.Data["lastCheckpoint"]);
        await _app.StopAsync();
    }

    [Fact]
    public async Task CheckpointsThatAreGivenUpDegrade()
    {
        _app.Add("visits", Gated, options =>
        {
            options.Health.MaxCheckpointIntervals = int.MaxValue;
            options.Health.StuckAfter = TimeSpan.FromDays(10_000);
            options.ConfigureJob = static (_, job) => job with
            {
                Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromSeconds(10)) with
                {
                    Timeout = TimeSpan.FromSeconds(5),
                    TolerableFailures = 1000,
                },
            };
        });
        await _app.StartAsync();
        _log.Feed(new Visit(Now, "home"));
        await BlockedAsync();
        HealthReportEntry failing = await _app.UntilAsync("visits", HealthStatus.Degraded, s_second);

        long failed = (long)failing.Data["checkpointsFailedInARow"];
        Assert.True(failed > 0);
        Assert.StartsWith($"Checkpoints fail ({failed} in a row): ", failing.Description, StringComparison.Ordinal);
        _gate.SetResult();
        await _app.StopAsync();
    }

    [Fact]
    public async Task AJobThatWasStartedAgainIsDegradedForAWhile()
    {
        int failures = 1;
        _app.Add(
            "visits",
            builder => builder.From(_log, "log")
                .Select(visit => Interlocked.Decrement(ref failures) >= 0 ? throw new FormatException("once") : visit)
                .Named("fail")
                .ForEach(static _ => { }, "out"),
            static options =>
            {
                options.Health.DegradedAfterRestart = TimeSpan.FromDays(10_000);
                options.Health.MaxCheckpointIntervals = int.MaxValue;
                options.ConfigureJob = static (_, job) => job with
                {
                    Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromHours(1)),
                    Restart = RestartStrategy.Fixed(1, s_second),
                };
            });
        await _app.StartAsync();
        _log.Feed(new Visit(Now, "home"));
        await Eventually.TrueAsync(
            _app.Clock,
            s_second,
            () => _app.Jobs["visits"].GetMetrics().Of("out").Sum(static o => o.RecordsOut) == 1,
            "it runs again");
        HealthReportEntry again = await _app.CheckAsync("visits");

        Assert.Equal((HealthStatus.Degraded, 1), (again.Status, again.Data["restarts"]));
        Assert.Contains("was started again (restart 1)", again.Description, StringComparison.Ordinal);
        _app.Clock.Advance(TimeSpan.FromDays(10_000));
        Assert.Equal(HealthStatus.Healthy, (await _app.CheckAsync("visits")).Status);
        await _app.StopAsync();
    }

    [Fact]
    public async Task WhyWindowsWaitStandsInTheReadings()
    {
        _app.Add("visits", builder => builder.From(_log, "log")
            .WithEventTime(Visit.TimeOf, Watermarks.Monotonic()).Named("time")
            .KeyBy(static visit => visit.Page)
            .Window(TimeWindows.Tumbling(TimeSpan.FromHours(1)))
            .Count().Named("counts")
            .ForEach(static _ => { }));
        await _app.StartAsync();
        _log.Feed(new Visit(Now, "home"), new Visit(Now + 1, "home"));
        await Eventually.TrueAsync(
            () => _app.Jobs["visits"].GetMetrics().Of("counts").Sum(static lane => lane.OpenWindows) > 0,
            "a window is open");
        HealthReportEntry entry = await _app.CheckAsync("visits");

        Assert.StartsWith(
            "'counts' waits: the window [12:00:00, 13:00:00) closes at 13:00:00",
            (string)entry.Data["waits:counts"],
            StringComparison.Ordinal);
        Assert.Single(entry.Data.Keys, static key => key.StartsWith("waits", StringComparison.Ordinal));
        await _app.StopAsync();
    }

    private void Timed(StreamBuilder builder) => builder.From(_log, "log")
        .WithEventTime(Visit.TimeOf, Watermarks.Monotonic()).Named("time")
        .ForEach(static _ => { }, "out");

    private void Gated(StreamBuilder builder) => builder.From(_log, "log")
        .To(Sinks.ForEach<Visit>(async (_, token) => await _gate.Task.WaitAsync(token)), "gate");

    private Task LagIsKnownAsync() => Eventually.TrueAsync(
        () => _app.Jobs["visits"].GetMetrics().WatermarkLag is not null, "there is a watermark");

    // Who waits shows it only when the clock goes on, and from then on.
    private Task BlockedAsync() => Eventually.TrueAsync(
        () => _app.Jobs["visits"].GetMetrics().Of("gate").Single().RecordsIn > 0
            && _app.Jobs["visits"].Explain("gate").Lanes.Single().BlockedSince is not null,
        "the sink was given a record");
}

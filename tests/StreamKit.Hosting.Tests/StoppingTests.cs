using StreamKit.Checkpointing;
using StreamKit.Windowing;

namespace StreamKit.Hosting.Tests;

/// <summary>How pipelines stop with the application, in the time they are given.</summary>
public class StoppingTests
{
    private readonly FedLog<Visit> _log = new();
    private readonly List<WindowResult<string, long>> _results = [];
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task WithoutCheckpointsAPipelineIsDrainedSoThatOpenWindowsSayTheirResults()
    {
        await using TestApp app = new TestApp().Add("visits", Count);
        await app.StartAsync();
        _log.Feed(new Visit(1, "home"), new Visit(2, "home"));
        await CountedAsync(app, 2);
        await app.StopAsync();

        Assert.Equal(2, Assert.Single(_results).Value);
        Assert.Equal(PipelineState.Stopped, app.Find("visits").State);
        Assert.Contains("Pipeline 'visits' is stopping (Drain, within 00:00:20)", app.Lines);
        Assert.Contains(
            app.Lines, static l => l.StartsWith("Pipeline 'visits' stopped (Drain) after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithCheckpointsOpenWindowsAreInTheLastAndTheNextStartGoesOn()
    {
        var store = new MemoryCheckpointStore();
        await using (TestApp first = new TestApp().Add("visits", Count, WithCheckpoints))
        {
            await first.StartAsync();
            _log.Feed(new Visit(1, "home"), new Visit(2, "home"));
            await CountedAsync(first, 2);
            await first.StopAsync();
            Assert.Empty(_results);
            Assert.Contains(first.Lines, static line =>
                line.StartsWith("Pipeline 'visits' stopped (Checkpoint) after ", StringComparison.Ordinal));
        }

        await using TestApp second = new TestApp().Add("visits", Count, WithCheckpoints);
        await second.StartAsync();
        _log.Feed(new Visit(3, "home")).End();
        await Eventually.WithinLimitAsync(second.Jobs["visits"].Completion);
        Assert.Equal(3, Assert.Single(_results).Value);
        await second.StopAsync();

        void WithCheckpoints(PipelineOptions options) => options.ConfigureJob = (_, job) =>
            job with { Checkpoints = Checkpoints.In(store, TimeSpan.FromHours(1)) };
    }

    [Fact]
    public async Task APipelineThatIsStillStartingIsStoppedWithACheckpointAllTheSame()
    {
        await using TestApp app = new TestApp().Add("visits", Count, static options =>
        {
            options.StopTimeout = TimeSpan.FromDays(40);
            options.ConfigureJob = static (_, job) =>
                job with { Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromDays(100)) };
        });
        await app.StartAsync();
        Task stopping = app.Host.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            app.Clock, TimeSpan.FromMilliseconds(1), () => stopping.IsCompleted, "the host has stopped");
        await stopping;

        Assert.Equal(PipelineState.Stopped, app.Find("visits").State);
        Assert.Equal(1, app.Jobs["visits"].GetCheckpointStatus().Completed);
    }

    [Fact]
    public async Task WhatDoesNotStopInItsTimeIsAborted()
    {
        await using TestApp app = new TestApp().Add(
            "stuck",
            builder => builder.From(_log)
                .To(Sinks.ForEach<Visit>(async (_, token) => await _gate.Task.WaitAsync(token))));
        await app.StartAsync();
        _log.Feed(new Visit(1, "home"));
        await CountedAsync(app, 1, "stuck");
        Task stopping = app.Host.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(app.Clock, TimeSpan.FromSeconds(1), () => stopping.IsCompleted, "it is aborted");
        await stopping;

        Assert.Equal(PipelineState.Aborted, app.Find("stuck").State);
        Assert.Contains(
            "Pipeline 'stuck' could not stop in order (Drain) and is aborted: its StopTimeout is over; what was under "
            + "way is lost",
            app.Lines);
    }

    [Fact]
    public async Task TheHostMayHaveLessPatienceThanThePipeline()
    {
        var store = new MemoryCheckpointStore();
        await using TestApp app = new TestApp().Add(
            "stuck",
            builder => builder.From(_log, "log").To(
                Sinks.ForEach<Visit>(async (visit, token) =>
                {
                    if (visit.Second > 1)
                    {
                        await _gate.Task.WaitAsync(token);
                    }
                }),
                "gate"),
            options => options.ConfigureJob = (_, job) =>
                job with { Checkpoints = Checkpoints.In(store, TimeSpan.FromHours(1)) });
        await app.StartAsync();
        _log.Feed(new Visit(1, "home"));
        await CountedAsync(app, 1, "stuck");
        await Eventually.WithinLimitAsync(
            app.Jobs["stuck"].TakeSavepointAsync("first", TestContext.Current.CancellationToken));
        _log.Feed(new Visit(2, "home"));
        await CountedAsync(app, 2, "stuck");
        using var shutdown = new CancellationTokenSource();
        Task stopping = app.Host.StopAsync(shutdown.Token);
        await Eventually.TrueAsync(
            () => app.Lines.Contains("Pipeline 'stuck' is stopping (Checkpoint, within 00:00:20)"), "it is stopping");
        await shutdown.CancelAsync();
        await Eventually.WithinLimitAsync(stopping);

        Assert.Contains(
            "Pipeline 'stuck' could not stop in order (Checkpoint) and is aborted: the host's time to shut down is "
            + "over; the next start goes on from savepoint 'first' (1)",
            app.Lines);
    }

    [Fact]
    public async Task CodeThatDoesNotListenIsLeftBehind()
    {
        await using TestApp app = new TestApp().Add(
            "deaf", builder => builder.From(_log).To(Sinks.ForEach<Visit>(async (_, _) => await _gate.Task)));
        await app.StartAsync();
        _log.Feed(new Visit(1, "home"));
        await CountedAsync(app, 1, "deaf");
        Task stopping = app.Host.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            app.Clock, TimeSpan.FromSeconds(1), () => stopping.IsCompleted, "the host has stopped");
        await stopping;

        Assert.Contains(app.Lines, static line => line.StartsWith(
            "Pipeline 'deaf' did not end within 00:00:05 after it was aborted", StringComparison.Ordinal));
        _gate.SetResult();
        await Eventually.WithinLimitAsync(app.Jobs["deaf"].Completion);
    }

    [Fact]
    public async Task PipelinesStopTogetherAndNotOneAfterTheOther()
    {
        await using TestApp app = new TestApp().Add("one", Hang).Add("two", Hang);
        await app.StartAsync();
        _log.Feed(new Visit(1, "home"));
        await CountedAsync(app, 1, "one");
        await CountedAsync(app, 1, "two");
        Task stopping = app.Host.StopAsync(TestContext.Current.CancellationToken);

        // The clock stands, so the second would wait for the first for ever.
        await Eventually.TrueAsync(
            () => app.Lines.Count(static line => line.Contains("is stopping", StringComparison.Ordinal)) >= 2
                && app.Jobs.Pipelines.All(static pipeline => pipeline.State == PipelineState.Stopping),
            "both are stopping");
        _gate.SetResult();
        await Eventually.WithinLimitAsync(stopping);

        void Hang(StreamBuilder builder) => builder.From(_log)
            .To(Sinks.ForEach<Visit>(async (_, token) => await _gate.Task.WaitAsync(token)));
    }

    private static Task CountedAsync(TestApp app, int records, string pipeline = "visits") => Eventually.TrueAsync(
        () => app.Jobs[pipeline].GetMetrics().Operators is [.., var last] && last.RecordsIn >= records
            || app.Jobs[pipeline].GetMetrics().Of("counts").Sum(static lane => lane.RecordsIn) >= records,
        "the records are counted");

    private void Count(StreamBuilder builder) => builder.From(_log, "log")
        .WithEventTime(Visit.TimeOf, Watermarks.Monotonic()).Named("time")
        .KeyBy(static visit => visit.Page)
        .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
        .Count().Named("counts")
        .ForEach(_results.Add, "results");
}

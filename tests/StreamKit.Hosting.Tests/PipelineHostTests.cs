using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace StreamKit.Hosting.Tests;

/// <summary>How pipelines are built, started and found, and what happens when they fail.</summary>
public class PipelineHostTests
{
    private readonly FedLog<int> _one = new();
    private readonly FedLog<int> _other = new();

    [Fact]
    public async Task ManyPipelinesRunAndAreFoundByName()
    {
        int sum = 0;
        await using TestApp app = new TestApp()
            .Add("one", builder => builder.From(_one).ForEach(n => Interlocked.Add(ref sum, n)))
            .Add("other", builder => builder.From(_other).ForEach(n => Interlocked.Add(ref sum, n)));
        Assert.Throws<InvalidOperationException>(() => app.Jobs["one"]);
        Assert.False(app.Jobs.TryGet("one", out _));
        Assert.Equal(PipelineState.Waiting, app.Find("one").State);

        await app.StartAsync();
        _one.Feed(1, 2);
        _other.Feed(4);
        await Eventually.TrueAsync(() => Volatile.Read(ref sum) == 7, "both pipelines run");
        Assert.Equal(["one", "other"], app.Jobs.Pipelines.Select(static pipeline => pipeline.Name));
        Assert.Equal("other", app.Jobs["other"].Name);
        Assert.True(app.Jobs.TryGet("one", out StreamJob? job));
        Assert.Same(job, app.Find("one").Job);
        Assert.Equal(PipelineState.Running, app.Find("one").State);
        KeyNotFoundException unknown = Assert.Throws<KeyNotFoundException>(() => app.Jobs["two"]);
        Assert.Equal("There is no pipeline 'two'. There are: 'one', 'other'.", unknown.Message);
        Assert.False(app.Jobs.TryGet("two", out _));

        _one.End();
        await Eventually.TrueAsync(() => app.Lines.Contains("Pipeline 'one' has ended"), "its source has ended");
        Assert.Equal(PipelineState.Ended, app.Find("one").State);
        await app.StopAsync();
        Assert.Equal(
            [PipelineState.Ended, PipelineState.Stopped], app.Jobs.Pipelines.Select(static pipeline => pipeline.State));
    }

    [Fact]
    public async Task TheClockAndTheLogAreThoseOfTheApplication()
    {
        await using TestApp app = new TestApp().Add("one", builder => builder.From(_one).ForEach(static _ => { }));
        await app.StartAsync();
        await Eventually.TrueAsync(() => _one.Clock is not null, "the source is open");

        Assert.Same(app.Clock, _one.Clock);
        Assert.Contains(app.Lines, static line => line.StartsWith("Job 'one' started", StringComparison.Ordinal));
        await app.StopAsync();
    }

    [Fact]
    public async Task EveryMistakeInAllPipelinesIsToldBeforeAnyServiceStarts()
    {
        bool started = false;
        await using TestApp app = new();
        app.Services.AddHostedService(_ => new Neighbour(() => started = true, static () => { }));
        app.Add("one", static builder => builder.From([1]))
            .Add("two", static _ => throw new FormatException("no such file"));
        AggregateException all = await Assert.ThrowsAsync<AggregateException>(app.StartAsync);

        Assert.False(started);
        Assert.Equal(2, all.InnerExceptions.Count);
        Assert.IsType<PipelineException>(all.InnerExceptions[0]);
        Assert.Contains("'one'", all.Message, StringComparison.Ordinal);
        Assert.Contains("The pipeline 'two' could not be built: no such file", all.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasStartedIsStoppedWhereAnotherCannotStart()
    {
        await using TestApp app = new TestApp()
            .Add("one", builder => builder.From(_one).ForEach(static _ => { }))
            .Add("two", static builder => builder.From([1]).ForEach(static _ => { }), static options =>
                options.ConfigureJob = static (_, job) => job with { Parallelism = 1000 });
        Exception refused = await Assert.ThrowsAsync<InvalidOperationException>(app.StartAsync);

        Assert.StartsWith("The pipeline 'two' could not be started:", refused.Message, StringComparison.Ordinal);
        Assert.True(app.Jobs["one"].Completion.IsCompletedSuccessfully);
        Assert.Equal(PipelineState.Aborted, app.Find("one").State);
    }

    [Fact]
    public async Task APipelineRunsBetweenTheServicesThatWereRegisteredBeforeAndAfterIt()
    {
        List<string> seen = [];
        await using TestApp app = new();
        app.Services.AddHostedService(_ => new Neighbour(
            () => seen.Add($"before starts: {app.Find("one").State}"),
            () => seen.Add($"before stops: {app.Find("one").State}")));
        app.Add("one", builder => builder.From(_one).ForEach(static _ => { }));
        app.Services.AddSingleton<IHostedService>(_ => new Neighbour(
            () => seen.Add($"after starts: {app.Find("one").State}"),
            () => seen.Add($"after stops: {app.Find("one").State}")));
        await app.StartAsync();
        await app.StopAsync();

        Assert.Equal(
            ["before starts: Waiting", "after starts: Running", "after stops: Running", "before stops: Stopped"], seen);
    }

    [Fact]
    public async Task AFailureStopsTheApplicationInOrderAndMakesItFail()
    {
        List<int> written = [];
        await using TestApp app = new TestApp()
            .Add("bad", builder => builder.From(_one).Select(static n => 1 / n).ForEach(static _ => { }))
            .Add("good", builder => builder.From(_other).ForEach(written.Add));
        Task running = app.Host.RunAsync(TestContext.Current.CancellationToken);
        _other.Feed(1, 2, 3);
        await Eventually.TrueAsync(
            () => app.Jobs.TryGet("good", out StreamJob? job)
                && job.GetMetrics().Operators.Any(static o => o.RecordsIn == 3),
            "the other is at work");
        HostedPipeline bad = app.Find("bad");
        HostedPipeline good = app.Find("good");
        _one.Feed(0);

        PipelineFailedException failed = await Assert.ThrowsAsync<PipelineFailedException>(
            () => Eventually.WithinLimitAsync(running));
        Assert.Equal("bad", failed.Pipeline);
        Assert.IsType<Diagnostics.StreamException>(failed.InnerException);
        Assert.Same(failed.InnerException, bad.Failure);
        Assert.Contains("Pipeline 'bad' failed; the application stops", app.Lines);
        Assert.Equal(PipelineState.Stopped, good.State);
        Assert.Equal([1, 2, 3], written);
    }

    [Fact]
    public async Task WhereItIsLeftUnhealthyTheApplicationGoesOnAfterAFailure()
    {
        await using TestApp app = new TestApp().Add(
            "bad",
            builder => builder.From(_one).Select(static n => 1 / n).ForEach(static _ => { }),
            static options => options.OnFailure = FailureReaction.LeaveUnhealthy);
        await app.StartAsync();
        _one.Feed(0);
        await Eventually.TrueAsync(() => app.Find("bad").State == PipelineState.Failed, "it has failed");

        IHostApplicationLifetime lifetime = app.Host.Services.GetRequiredService<IHostApplicationLifetime>();
        await Eventually.TrueAsync(
            () => app.Lines.Contains("Pipeline 'bad' failed and stays down; its health check says so"), "it is told");
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
        await app.StopAsync();
        Assert.Equal(PipelineState.Failed, app.Find("bad").State);
    }

    [Fact]
    public void AskingForTheHostAgainAddsNoSecondOne()
    {
        ServiceCollection services = [];
        services.AddStreamKit();
        int before = services.Count;
        services.AddStreamKit();
        Assert.Equal(before, services.Count);
        Assert.Single(services, static s => s.ServiceType == typeof(IStreamJobs));
    }

    private sealed class Neighbour(Action start, Action stop) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            start();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            stop();
            return Task.CompletedTask;
        }
    }
}

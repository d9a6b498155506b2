using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace StreamKit.Hosting.Tests;

/// <summary>How the options of pipelines are set, and how mistakes in them are told.</summary>
public class PipelineOptionsTests
{
    [Fact]
    public async Task EveryMistakeOfAllPipelinesIsToldAtTheStartAndByName()
    {
        await using TestApp app = new TestApp()
            .Add("one", End, static options =>
            {
                options.Parallelism = 129;
                options.BatchSize = 0;
                options.ChannelCapacity = 0;
                options.CheckpointDirectory = " ";
                options.CheckpointEvery = TimeSpan.Zero;
                options.StopTimeout = TimeSpan.FromSeconds(-1);
                options.OnFailure = (FailureReaction)7;
                options.Stop = (StopMode)7;
            })
            .Add("two", End, static options =>
            {
                options.Health.MaxWatermarkLag = TimeSpan.Zero;
                options.Health.StuckAfter = TimeSpan.Zero;
                options.Health.MaxCheckpointIntervals = 0;
                options.Health.DegradedAfterRestart = TimeSpan.FromTicks(-1);
            });

        AggregateException all = await Assert.ThrowsAsync<AggregateException>(app.StartAsync);

        string[] told = [.. all.InnerExceptions.Cast<OptionsValidationException>().SelectMany(static e => e.Failures)];
        Assert.Equal(
            [
                "Pipeline 'one': Parallelism is", "Pipeline 'one': BatchSize is", "Pipeline 'one': ChannelCapacity is",
                "Pipeline 'one': CheckpointDirectory is", "Pipeline 'one': CheckpointEvery is",
                "Pipeline 'one': StopTimeout is", "Pipeline 'one': OnFailure is", "Pipeline 'one': Stop is",
                "Pipeline 'two': Health:MaxWatermarkLag is", "Pipeline 'two': Health:StuckAfter is",
                "Pipeline 'two': Health:MaxCheckpointIntervals is", "Pipeline 'two': Health:DegradedAfterRestart is",
            ],
            told.Select(static text => text[..(text.IndexOf(" is ", StringComparison.Ordinal) + 3)]));
    }

    [Fact]
    public async Task TheDefaultsAreWithoutMistake()
    {
        await using TestApp app = new TestApp().Add("one", End);
        await app.StartAsync();
        await app.StopAsync();
    }

    [Fact]
    public async Task TheConfigurationWinsOverTheProgramAndTheProgramOverWhatAllBeginWith()
    {
        await using TestApp app = new();
        app.Services.AddStreamKit(static all =>
        {
            all.Parallelism = 1;
            all.BatchSize = 1;
            all.ChannelCapacity = 1;
        });
        app.Add("one", End, static options => (options.BatchSize, options.ChannelCapacity) = (2, 2))
            .Configure(("StreamKit:Pipelines:one:ChannelCapacity", "3"));
        PipelineOptions options = OptionsOf(app, "one");

        Assert.Equal((1, 2, 3), (options.Parallelism, options.BatchSize, options.ChannelCapacity));
    }

    [Fact]
    public async Task EverySimpleValueCanBeConfigured()
    {
        const string Root = "StreamKit:Pipelines:one:";
        await using TestApp app = new TestApp().Add("one", End).Configure(
            (Root + "Parallelism", "3"),
            (Root + "BatchSize", "4"),
            (Root + "ChannelCapacity", "5"),
            (Root + "CheckpointDirectory", "state"),
            (Root + "CheckpointEvery", "00:00:06"),
            (Root + "Restart", "none"),
            (Root + "OnFailure", "leaveunhealthy"),
            (Root + "Stop", "Abort"),
            (Root + "StopTimeout", "00:00:07"),
            (Root + "Health:MaxWatermarkLag", "00:00:08"),
            (Root + "Health:StuckAfter", "00:00:09"),
            (Root + "Health:WhenStuck", "Unhealthy"),
            (Root + "Health:MaxCheckpointIntervals", "10"),
            (Root + "Health:DegradedAfterRestart", "00:00:11"),
            (Root + "Health:WhenEnded", "Degraded"));
        PipelineOptions it = OptionsOf(app, "one");

        Assert.Equal((3, 4, 5, "state"), (it.Parallelism, it.BatchSize, it.ChannelCapacity, it.CheckpointDirectory));
        Assert.Equal((6, 7), (it.CheckpointEvery.TotalSeconds, it.StopTimeout.TotalSeconds));
        Assert.Same(RestartStrategy.None, it.Restart);
        Assert.Equal((FailureReaction.LeaveUnhealthy, StopMode.Abort), (it.OnFailure, it.Stop));
        Assert.Equal(
            (8, 9, 10, 11),
            (it.Health.MaxWatermarkLag!.Value.TotalSeconds, it.Health.StuckAfter.TotalSeconds,
                it.Health.MaxCheckpointIntervals, it.Health.DegradedAfterRestart.TotalSeconds));
        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Degraded), (it.Health.WhenStuck, it.Health.WhenEnded));
    }

    [Theory]
    [InlineData("Parallelism", "many", "is 'many', which is not a whole number.")]
    [InlineData("StopTimeout", "30", "is '30', which is not a time such as 00:00:30.")]
    [InlineData("Stop", "Later", "is 'Later', which is not one of Drain, Checkpoint, Abort.")]
    [InlineData("Stop", "17", "is '17', which is not one of Drain, Checkpoint, Abort.")]
    [InlineData("Restart", "Often", "is 'Often', which is not Default or None.")]
    [InlineData("Paralelism", "2", "is no option; there are Parallelism, BatchSize,")]
    [InlineData("Health:MaxLag", "00:01:00", "is no option; there are Parallelism, BatchSize,")]
    public async Task WhatTheConfigurationDoesNotMakeClearKeepsTheApplicationFromStarting(
        string key, string value, string told)
    {
        await using TestApp app = new TestApp().Add("one", End).Configure(($"StreamKit:Pipelines:one:{key}", value));
        OptionsValidationException mistake = await Assert.ThrowsAsync<OptionsValidationException>(app.StartAsync);

        Assert.StartsWith(
            $"Pipeline 'one': StreamKit:Pipelines:one:{key} {told}",
            Assert.Single(mistake.Failures),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASectionOfNoPipelineIsWarnedOf()
    {
        await using TestApp app = new TestApp().Add("orders", End)
            .Configure(("StreamKit:Pipelines:order:Parallelism", "2"), ("StreamKit:Pipelines:ORDERS:Parallelism", "2"));
        await app.StartAsync();

        Assert.Equal(
            ["The configuration has a section 'StreamKit:Pipelines:order', but there is no such pipeline"],
            app.Lines.Where(static line => line.StartsWith("The configuration", StringComparison.Ordinal)));
        Assert.Equal(2, OptionsOf(app, "orders").Parallelism);
        await app.StopAsync();
    }

    [Theory]
    [InlineData("Orders")]
    [InlineData("orders")]
    public async Task TwoPipelinesOfOneNameAreRefused(string second)
    {
        await using TestApp app = new TestApp().Add("orders", End);
        Assert.Throws<ArgumentException>("name", () => app.Add(second, End));
    }

    [Fact]
    public async Task ANameWithAColonIsRefused()
    {
        await using TestApp app = new();
        Assert.Throws<ArgumentException>("name", () => app.Add("a:b", End));
    }

    [Theory]
    [InlineData("Stop", "Checkpoint", "Stop is Checkpoint")]
    [InlineData("Restart", "Default", "Restart is not None")]
    public async Task StoppingWithACheckpointAndStartingAgainNeedCheckpoints(string option, string value, string told)
    {
        await using TestApp app = new TestApp().Add("one", End)
            .Configure(($"StreamKit:Pipelines:one:{option}", value));
        Exception mistake = await Assert.ThrowsAsync<InvalidOperationException>(app.StartAsync);

        Assert.Equal(
            $"The pipeline 'one' could not be built: {told}, but the job takes no checkpoints: set "
            + "CheckpointDirectory.",
            mistake.Message);
    }

    [Fact]
    public async Task TheJobIsMadeOfTheOptionsAndTheProgramHasTheLastWord()
    {
        JobOptions? made = null;
        await using TestApp app = new TestApp().Add("one", End, options =>
        {
            options.Parallelism = 3;
            options.BatchSize = 4;
            options.ChannelCapacity = 5;
            options.CheckpointDirectory = "unused";
            options.CheckpointEvery = TimeSpan.FromSeconds(6);
            options.ConfigureJob = (services, job) =>
            {
                made = job;
                return job with { Checkpoints = null, Clock = services.GetRequiredService<TimeProvider>() };
            };
        });
        await app.StartAsync();
        await app.StopAsync();

        Assert.Equal((3, 4, 5), (made!.Parallelism, made.BatchSize, made.ChannelCapacity));
        Assert.Equal(TimeSpan.FromSeconds(6), made.Checkpoints!.Every);
        Assert.Same(app.Clock, made.Clock);
        Assert.Same(app.Log, made.Loggers);
        Assert.False(Directory.Exists("unused"));
    }

    private static PipelineOptions OptionsOf(TestApp app, string name) =>
        app.Host.Services.GetRequiredService<IOptionsMonitor<PipelineOptions>>().Get(name);

    private static void End(StreamBuilder builder) => builder.From([1]).ForEach(static _ => { });
}

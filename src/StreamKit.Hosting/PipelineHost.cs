using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace StreamKit.Hosting;

/// <summary>Builds, starts, watches and stops the pipelines of an application.</summary>
/// <remarks>
/// One service for all of them: the host stops services one after the other, and pipelines that stop together need the
/// time of the slowest only.
/// </remarks>
internal sealed class PipelineHost : IHostedLifecycleService, IStreamJobs, IDisposable
{
    private readonly IServiceProvider _services;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly List<HostedPipeline> _pipelines = [];
    private readonly IDisposable _states;

    public PipelineHost(
        IServiceProvider services,
        IEnumerable<PipelineDefinition> definitions,
        IOptionsMonitor<PipelineOptions> options,
        IHostApplicationLifetime lifetime)
    {
        (_services, _lifetime) = (services, lifetime);
        _loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        _logger = _loggers.CreateLogger("StreamKit.Hosting");
        TimeProvider clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        foreach (PipelineDefinition definition in definitions)
        {
            _pipelines.Add(new HostedPipeline(definition, () => options.Get(definition.Name), clock, _logger));
        }

        _states = PipelineStates.Publish(_pipelines);
    }

    public IReadOnlyList<HostedPipeline> Pipelines => _pipelines;

    public StreamJob this[string pipeline] => Find(pipeline).Job ?? throw new InvalidOperationException(
        $"The pipeline '{pipeline}' has not been started yet: it starts with the application.");

    public bool TryGet(string pipeline, [NotNullWhen(true)] out StreamJob? job)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        job = _pipelines.Find(each => each.Name == pipeline)?.Job;
        return job is not null;
    }

    public HostedPipeline Find(string pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (_pipelines.Find(each => each.Name == pipeline) is { } found)
        {
            return found;
        }

        string names = string.Join(", ", _pipelines.Select(static each => $"'{each.Name}'"));
        throw new KeyNotFoundException($"There is no pipeline '{pipeline}'. There are: {names}.");
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        WarnOfUnknownSections();
        ForEach("could not be built", pipeline => pipeline.Build(_services, _loggers));
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            ForEach("could not be started", pipeline => pipeline.Start(_lifetime.StopApplication));
        }
        catch (Exception)
        {
            // An application that does not start does not stop its services either.
            await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            throw;
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_pipelines.Select(pipeline => pipeline.StopAsync(cancellationToken)));

    // When all other services have stopped; what runs the host then fails, and with it the process.
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        HostedPipeline? failed = _pipelines.Find(static pipeline =>
            pipeline is { Failure: not null, Options.OnFailure: FailureReaction.StopHost });
        return failed is null
            ? Task.CompletedTask
            : Task.FromException(new PipelineFailedException(failed.Name, failed.Failure!)); // It was looked for.
    }

    public void Dispose() => _states.Dispose();

    private void ForEach(string what, Action<HostedPipeline> action)
    {
        var failures = new List<Exception>();
        foreach (HostedPipeline pipeline in _pipelines)
        {
            try
            {
                action(pipeline);
            }
            catch (PipelineException mistakes)
            {
                failures.Add(mistakes); // It names the pipeline already.
            }
            catch (Exception exception)
            {
                failures.Add(new InvalidOperationException(
                    $"The pipeline '{pipeline.Name}' {what}: {exception.Message}", exception));
            }
        }

        switch (failures)
        {
            case []:
                return;
            case [var only]:
                throw only;
            default:
                throw new AggregateException(
                    string.Join(Environment.NewLine, failures.Select(static failure => failure.Message)), failures);
        }
    }

    // Perhaps mistyped; perhaps the configuration is shared with another application.
    private void WarnOfUnknownSections()
    {
        IEnumerable<IConfigurationSection> sections =
            _services.GetService<IConfiguration>()?.GetSection(PipelineConfiguration.Root).GetChildren() ?? [];
        foreach (IConfigurationSection section in sections)
        {
            if (!_pipelines.Exists(each => each.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase)))
            {
                Log.UnknownSection(_logger, section.Path);
            }
        }
    }
}

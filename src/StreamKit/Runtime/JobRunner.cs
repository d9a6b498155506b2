using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;
using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.State;

namespace StreamKit.Runtime;

/// <summary>Runs the subtasks of one job once; the first that fails stops them all.</summary>
internal sealed class JobRunner : IDisposable
{
    private readonly JobSettings _settings;
    private readonly ILogger _logger;
    private readonly JobPlan _plan;
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _drain = new();
    private CheckpointCoordinator? _coordinator;

    public JobRunner(StreamGraph graph, JobSettings settings)
    {
        _settings = settings;
        _logger = settings.Loggers.CreateLogger<JobRunner>();
        _plan = new JobPlan(graph, settings, _drain.Token);
    }

    public IReadOnlyList<Subtask> Subtasks => _plan.Subtasks;

    /// <summary>The memory for the state of this run; null: all stays in memory.</summary>
    public StateSpace? Space => _plan.Space;

    /// <summary>What takes the job's checkpoints; null where it takes none, or does not run.</summary>
    public CheckpointCoordinator? Coordinator => Volatile.Read(ref _coordinator);

    public AlignmentGroup? FindGroup(string name) => _plan.FindGroup(name);

    /// <summary>Hands every operator what it remembered.</summary>
    public void Restore(RestoredCheckpoint checkpoint) => _plan.Restore(checkpoint);

    /// <summary>Starts all subtasks; the task ends when they have, and fails with the first failure.</summary>
    /// <param name="coordinator">What takes checkpoints meanwhile; null: nothing does.</param>
    public Task RunAsync(CheckpointCoordinator? coordinator)
    {
        Log.JobStarted(_logger, _settings.JobName, Subtasks.Count, _settings.Lanes);
        var running = new List<Task>();
        if (coordinator is not null)
        {
            foreach (Subtask subtask in Subtasks)
            {
                subtask.Checkpoints = coordinator;
            }

            Volatile.Write(ref _coordinator, coordinator);
            running.Add(_settings.RunAsync(() => RunOneAsync(() => CoordinateAsync(coordinator))));
        }

        running.AddRange(Subtasks.Select(subtask =>
            _settings.RunAsync(() => RunOneAsync(() => subtask.RunAsync(_abort.Token)))));
        return CompleteAsync(running);
    }

    /// <summary>Lets the sources end; everything read so far goes to the outputs, and all windows close.</summary>
    public void Drain()
    {
        Log.JobStopping(_logger, _settings.JobName, "drain");
        _drain.Cancel();
    }

    /// <summary>Stops everything where it is; open windows are not emitted.</summary>
    public void Abort()
    {
        Log.JobStopping(_logger, _settings.JobName, "abort");
        _abort.Cancel();
    }

    public void Dispose()
    {
        _abort.Dispose();
        _drain.Dispose();
        _plan.Dispose();
    }

    private async Task CoordinateAsync(CheckpointCoordinator coordinator)
    {
        await coordinator.RunAsync(_abort.Token).ConfigureAwait(true);
        if (coordinator.HasStopped)
        {
            Log.JobStopping(_logger, _settings.JobName, "checkpoint");
            await _settings.RunAsync(_abort.Cancel).ConfigureAwait(true);
        }
    }

    private async Task RunOneAsync(Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(true);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // Aborted, by the user or because another subtask failed; that one tells what happened.
        }
        catch (Exception exception)
        {
            // Before the others stop, so that they can see why.
            _settings.Failure.Report(exception);
            await _settings.RunAsync(_abort.Cancel).ConfigureAwait(true);
        }
    }

    private async Task CompleteAsync(List<Task> running)
    {
        await Task.WhenAll(running).ConfigureAwait(true);
        _plan.Dispose();
        Volatile.Write(ref _coordinator, null);
        if (_settings.Failure.Cause is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }
}

using Microsoft.Extensions.Logging;
using StreamKit.Diagnostics;
using StreamKit.Graph;

namespace StreamKit.Runtime;

/// <summary>Runs the subtasks of one job; the first that fails stops them all.</summary>
internal sealed class JobRunner : IDisposable
{
    private readonly JobSettings _settings;
    private readonly ILogger _logger;
    private readonly JobPlan _plan;
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _drain = new();

    public JobRunner(StreamGraph graph, JobSettings settings)
    {
        _settings = settings;
        _logger = settings.Loggers.CreateLogger<JobRunner>();
        _plan = new JobPlan(graph, settings, _drain.Token);
    }

    public IReadOnlyList<Subtask> Subtasks => _plan.Subtasks;

    public AlignmentGroup? FindGroup(string name) => _plan.FindGroup(name);

    /// <summary>Starts all subtasks; the task ends when they have, and fails with the first failure.</summary>
    public Task RunAsync()
    {
        Log.JobStarted(_logger, _settings.JobName, Subtasks.Count, _settings.Lanes);
        List<Task> running = [.. Subtasks.Select(subtask => Task.Run(() => RunOneAsync(subtask)))];
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
    }

    private async Task RunOneAsync(Subtask subtask)
    {
        try
        {
            await subtask.RunAsync(_abort.Token).ConfigureAwait(true);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // Aborted, by the user or because another subtask failed; that one tells what happened.
        }
        catch (Exception exception)
        {
            // Before the others stop, so that they can see why.
            _settings.Failure.Report(exception);
            await _abort.CancelAsync().ConfigureAwait(true);
        }
    }

    private async Task CompleteAsync(List<Task> running)
    {
        await Task.WhenAll(running).ConfigureAwait(true);
        if (_settings.Failure.Cause is { } failure)
        {
            Log.JobFailed(_logger, _settings.JobName, failure);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        Log.JobEnded(_logger, _settings.JobName);
    }
}

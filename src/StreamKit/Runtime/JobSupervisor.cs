using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;
using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.Serialization;

namespace StreamKit.Runtime;

/// <summary>Runs a job, and starts it again from its last checkpoint as often as the policy allows.</summary>
internal sealed class JobSupervisor : IDisposable
{
    private readonly StreamGraph _graph;
    private readonly JobSettings _settings;
    private readonly ILogger _logger;
    private readonly RestartHistory _restarts;
    private readonly string _timeZoneRules;
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _lock = new();
    private JobRunner _runner;
    private bool _drains;

    // The highest number in the store when the job was started; null before it was.
    private long? _lastBefore;

    public JobSupervisor(StreamGraph graph, JobSettings settings)
    {
        (_graph, _settings) = (graph, settings);
        _logger = settings.Loggers.CreateLogger<JobSupervisor>();
        _timeZoneRules = TimeZoneRules.Describe(graph.Nodes.Select(static node => node.Zone).OfType<TimeZoneInfo>());
        _restarts = new RestartHistory(settings.Restart, settings.Clock);
        _runner = new JobRunner(graph, settings);
    }

    /// <summary>The run that is under way.</summary>
    public JobRunner Runner => Volatile.Read(ref _runner);

    /// <summary>What is counted of the job's checkpoints.</summary>
    public CheckpointCounters Counters { get; } = new();

    public bool TakesCheckpoints => _settings.Checkpoints is not null;

    /// <summary>How often the job has been started again.</summary>
    public int Restarts => _restarts.Total;

    /// <summary>When it was last; null where it never was.</summary>
    public DateTimeOffset? LastRestart => _restarts.Last;

    /// <summary>Runs the job to its end; fails with the failure after which it is not started again.</summary>
    public Task RunAsync() => _settings.RunAsync(SuperviseAsync);

    public void Drain()
    {
        lock (_lock)
        {
            _drains = true;
            _runner.Drain();
        }
    }

    public void Abort()
    {
        lock (_lock)
        {
            _abort.Cancel();
            _runner.Abort();
        }
    }

    public void Dispose()
    {
        _runner.Dispose();
        _abort.Dispose();
    }

    private async Task SuperviseAsync()
    {
        Exception? failure = null;
        try
        {
            await RunAgainAndAgainAsync().ConfigureAwait(true);
        }
        catch (Exception last)
        {
            failure = last;
            throw;
        }
        finally
        {
            _settings.End.Tell(failure);
        }
    }

    private async Task RunAgainAndAgainAsync()
    {
        bool isFirst = true;
        while (true)
        {
            try
            {
                _restarts.Started();
                await RunOnceAsync(isFirst).ConfigureAwait(true);
                Log.JobEnded(_logger, _settings.JobName);
                return;
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (!await WaitForRestartAsync(failure).ConfigureAwait(true))
                {
                    Log.JobFailed(_logger, _settings.JobName, failure);
                    throw;
                }
            }

            isFirst = false;
        }
    }

    private async Task<bool> WaitForRestartAsync(Exception failure)
    {
        if (_abort.IsCancellationRequested || failure is CheckpointFencedException or StartException or StateException)
        {
            return false;
        }

        if (!_restarts.TryRestart(failure, Counters.Completed, out TimeSpan delay, out bool isPoison))
        {
            if (isPoison)
            {
                Log.SameFailureAgain(_logger, _settings.JobName);
            }

            return false;
        }

        Log.Restarting(_logger, _settings.JobName, delay, _restarts.Total, failure);
        try
        {
            await Task.Delay(delay, _settings.Clock, _abort.Token).ConfigureAwait(true);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false; // Aborted meanwhile: the failure is what there is to tell.
        }
    }

    private async Task RunOnceAsync(bool isFirst)
    {
        if (_settings.Checkpoints is not { } checkpoints)
        {
            await Runner.RunAsync(null).ConfigureAwait(true);
            return;
        }

        ICheckpointSession session = await checkpoints.Store.OpenAsync(
            _settings.JobName, _settings.Clock, _logger, _abort.Token).ConfigureAwait(true);
        await using (session.ConfigureAwait(true))
        {
            var restorer = new CheckpointRestorer(_settings.JobName, session, _settings.StateTypes, _logger);
            RestoredCheckpoint? restored =
                await FindAsync(restorer, checkpoints.StartFrom).ConfigureAwait(true);
            JobSettings settings = _settings with
            {
                HashSeed = restored?.HashSeed ?? _settings.HashSeed,
                Failure = isFirst && restored is null ? _settings.Failure : new JobFailure(),
            };
            if (restored is not null || !isFirst)
            {
                Exchange(new JobRunner(_graph, settings), restored, checkpoints.LeaveOrphans);
            }

            if (restored is { IsFinished: true })
            {
                Log.AlreadyFinished(_logger, _settings.JobName, restored.Stored.ToString());
            }

            await RunAsync(checkpoints, session, settings, restorer.LastId).ConfigureAwait(true);
        }
    }

    // Until a checkpoint of this job is there, it begins again where it was told to begin: what else lies in the store
    // may be newer, and belong to a run that was left behind.
    private async Task<RestoredCheckpoint?> FindAsync(CheckpointRestorer restorer, StartChoice startFrom)
    {
        if (_lastBefore is { } before)
        {
            var own = new StartChoice { After = before };
            if (await restorer.FindAsync(own, _abort.Token).ConfigureAwait(true) is { } restored)
            {
                return restored;
            }
        }

        RestoredCheckpoint? first = await restorer.FindAsync(startFrom, _abort.Token).ConfigureAwait(true);
        _lastBefore ??= restorer.LastId;
        return first;
    }

    private Task RunAsync(CheckpointSettings checkpoints, ICheckpointSession session, JobSettings settings, long lastId)
    {
        JobRunner runner = Runner;
        var job = new CheckpointJob
        {
            Name = settings.JobName,
            HashSeed = settings.HashSeed,
            Subtasks = runner.Subtasks,
            TimeZoneRules = _timeZoneRules,
            Clock = settings.Clock,
            Logger = settings.Loggers.CreateLogger<CheckpointCoordinator>(),
            Counters = Counters,
            Run = settings.RunAsync,
        };
        var writer = new CheckpointWriter(checkpoints, job, session, _abort.Token);
        return runner.RunAsync(new CheckpointCoordinator(checkpoints, job, writer, lastId));
    }

    // What is not as it was, and no reason not to start.
    private void Report(RestoredCheckpoint restored)
    {
        if (restored.New is { Count: > 0 } added)
        {
            string names = string.Join(", ", added.Select(static name => $"'{name}'"));
            Log.NewState(_logger, _settings.JobName, names);
        }

        if (TimeZoneRules.Changed(restored.TimeZoneRules, _timeZoneRules) is { Count: > 0 } zones)
        {
            Log.TimeZonesChanged(_logger, _settings.JobName, string.Join(", ", zones));
        }
    }

    private static void Restore(JobRunner next, RestoredCheckpoint restored)
    {
        try
        {
            next.Restore(restored);
        }
        catch (Exception)
        {
            next.Dispose(); // It may have spilled already.
            throw;
        }
    }

    private void Exchange(JobRunner next, RestoredCheckpoint? restored, bool leaveOrphans)
    {
        if (restored is not null)
        {
            Restore(next, restored);
            Report(restored);
            if (restored.Orphans is { Count: > 0 } orphans)
            {
                string names = string.Join(", ", orphans.Select(static name => $"'{name}'"));
                if (!leaveOrphans)
                {
                    next.Dispose();
                    throw new StartException(
                        $"The job '{_settings.JobName}' cannot go on from {restored.Stored}: it holds the state of "
                        + $"{names}, which no step has. Give the steps the names they had, or leave the state behind "
                        + "with CheckpointOptions.LeaveOrphans.");
                }

                Log.OrphansLeft(_logger, _settings.JobName, names);
            }
        }

        lock (_lock)
        {
            _runner.Dispose();
            Volatile.Write(ref _runner, next);
            if (_drains)
            {
                next.Drain();
            }

            if (_abort.IsCancellationRequested)
            {
                next.Abort();
            }
        }
    }
}

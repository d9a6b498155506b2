using StreamKit.Checkpointing;
using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.Runtime;

namespace StreamKit;

/// <summary>A running pipeline.</summary>
/// <remarks>All members may be called by any thread. Disposing a job that runs aborts it.</remarks>
public sealed class StreamJob : IAsyncDisposable
{
    private readonly JobSupervisor _job;
    private readonly IDisposable _metrics;
    private readonly IDisposable? _checkpointMetrics;
    private readonly JobExplainer _explainer;
    private readonly TimeProvider _clock;
    private readonly Task _run;

    internal StreamJob(StreamGraph graph, JobSettings settings)
    {
        Name = settings.JobName;
        _clock = settings.Clock;
        _job = new JobSupervisor(graph, settings);
        if (settings.Checkpoints is not null
            && StateCheck.MistakesOf(graph, _job.Runner.Subtasks) is { Count: > 0 } all)
        {
            _job.Dispose();
            throw new PipelineException(settings.JobName, all);
        }

        if (_job.Runner.Space is { } space && StateCheck.MistakesOf(space) is { Count: > 0 } unwritable)
        {
            _job.Dispose();
            throw new PipelineException(settings.JobName, unwritable);
        }

        _explainer = new JobExplainer([.. graph.Nodes], _job, settings);
        _metrics = Instruments.Publish(settings.JobName, Read);
        _checkpointMetrics = settings.Checkpoints is null
            ? null
            : Instruments.Publish(settings.JobName, () => GetCheckpointStatus().ToReading());
        _run = _job.RunAsync();
        Completion = RunAsync();
    }

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    /// <summary>What the job promises for each source and each sink that its records come to, whatever fails.</summary>
    public IReadOnlyList<DeliveryGuarantee> Guarantees { get; internal init; } = [];

    /// <summary>
    /// Completes when all sources have ended and everything is written, or when the job was stopped; fails with a
    /// <see cref="StreamException"/> when the job failed.
    /// </summary>
    public Task Completion { get; }

    /// <summary>
    /// Whether nothing of the job runs any more, so that <see cref="Completion"/> is about to complete.
    /// </summary>
    internal bool IsOver => _run.IsCompleted;

    /// <summary>Whether checkpoints are taken now: the job runs, and neither starts nor ends.</summary>
    internal bool IsTakingCheckpoints => _job.Runner.Coordinator is not null;

    /// <summary>What the job's operators count, as it is now.</summary>
    public JobMetrics GetMetrics() => new(Name, [.. Read().Select(static reading => new OperatorMetrics(reading))]);

    /// <summary>
    /// Says why an operator's windows have not closed: its watermark, the next window that waits, and which split of
    /// which source holds it back, since when and why.
    /// </summary>
    /// <param name="name">The operator's name: what <c>Named</c> gave it, else its kind and number.</param>
    /// <returns>What was so at this moment; its <c>ToString</c> says it in words.</returns>
    /// <remarks>
    /// It reads what the running job publishes and stops nothing; it may be called as often as one likes.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// There is no such operator; the message lists those that there are.
    /// </exception>
    /// <example><code>
    /// Console.WriteLine(job.Explain("hashtag-counts"))
    /// </code></example>
    public OperatorExplanation Explain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _explainer.Explain(name);
    }

    /// <summary>How the job's checkpoints are doing.</summary>
    public CheckpointStatus GetCheckpointStatus() => new(_job.Counters, _job.Restarts, _job.LastRestart);

    /// <summary>Stops the job and waits until it has stopped.</summary>
    /// <param name="mode">Whether what is under way is finished.</param>
    /// <param name="cancellationToken">Ends the waiting, not the stopping: a drain that takes too
    /// long can be aborted.</param>
    /// <exception cref="StreamException">The job had failed, or failed while it was stopping.</exception>
    /// <exception cref="InvalidOperationException">
    /// The mode is <see cref="StopMode.Checkpoint"/>, and the job takes no checkpoints.
    /// </exception>
    public async Task StopAsync(StopMode mode = StopMode.Drain, CancellationToken cancellationToken = default)
    {
        if (!Completion.IsCompleted)
        {
            switch (mode)
            {
                case StopMode.Drain:
                    _job.Drain();
                    break;
                case StopMode.Checkpoint:
                    await Coordinator.TakeAsync(name: null, isLast: true).WaitAsync(cancellationToken)
                        .ConfigureAwait(false);
                    break;
                default:
                    _job.Abort();
                    break;
            }
        }

        await Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes a savepoint while the job goes on: a checkpoint with a name, which stays until it is deleted.
    /// </summary>
    /// <param name="name">
    /// Its name: 1 to 80 letters, digits, '-', '_' and '.', not beginning with a dot, and new in this job.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; the savepoint may come into being all the same.</param>
    /// <returns>What lies in the store now.</returns>
    /// <exception cref="InvalidOperationException">The job takes no checkpoints, or has ended.</exception>
    public Task<StoredCheckpoint> TakeSavepointAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        CheckpointNames.CheckSavepoint(name);
        return Coordinator.TakeAsync(name, isLast: false).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Takes a savepoint, lets sinks commit what belongs to it, and stops. Open windows are not emitted: they are in
    /// the savepoint, and a job that starts from it goes on as if nothing had happened.
    /// </summary>
    /// <param name="name">
    /// Its name: 1 to 80 letters, digits, '-', '_' and '.', not beginning with a dot, and new in this job.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting, not the stopping.</param>
    /// <returns>What lies in the store now.</returns>
    /// <exception cref="InvalidOperationException">The job takes no checkpoints, or has ended.</exception>
    /// <exception cref="StreamException">The job failed while it was stopping.</exception>
    public async Task<StoredCheckpoint> StopWithSavepointAsync(
        string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        CheckpointNames.CheckSavepoint(name);
        StoredCheckpoint savepoint =
            await Coordinator.TakeAsync(name, isLast: true).WaitAsync(cancellationToken).ConfigureAwait(false);
        await Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        return savepoint;
    }

    /// <summary>
    /// Aborts the job if it still runs, and waits until it has stopped; a failure is left to <see cref="Completion"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted)
        {
            _job.Abort();
        }

        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _job.Dispose();
    }

    private CheckpointCoordinator Coordinator => _job.Runner.Coordinator ?? throw new InvalidOperationException(
        _job.TakesCheckpoints
            ? $"The job '{Name}' takes no checkpoint now: it has ended, or is being started."
            : $"The job '{Name}' takes no checkpoints: start it with JobOptions.Checkpoints.");

    private async Task RunAsync()
    {
        try
        {
            await _run.ConfigureAwait(false);
        }
        finally
        {
            _metrics.Dispose();
            _checkpointMetrics?.Dispose();
        }
    }

    // A chain is built from its end, so its first operator, for which batches wait, is the last that has counters.
    private IEnumerable<OperatorReading> Read()
    {
        long now = _clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks;
        return _job.Runner.Subtasks.SelectMany(subtask => subtask.Counters.Select((counters, i) =>
            new OperatorReading(
                counters,
                i == subtask.Counters.Count - 1 ? subtask.QueueDepth : 0,
                now,
                subtask.BlockedSince)));
    }
}

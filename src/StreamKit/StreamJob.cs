using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.Runtime;

namespace StreamKit;

/// <summary>A running pipeline.</summary>
/// <remarks>All members may be called by any thread. Disposing a job that runs aborts it.</remarks>
public sealed class StreamJob : IAsyncDisposable
{
    private readonly JobRunner _runner;
    private readonly IDisposable _metrics;
    private readonly JobExplainer _explainer;

    internal StreamJob(StreamGraph graph, JobSettings settings)
    {
        Name = settings.JobName;
        _runner = new JobRunner(graph, settings);
        _explainer = new JobExplainer([.. graph.Nodes], _runner, settings);
        _metrics = Instruments.Publish(settings.JobName, Read);
        Completion = RunAsync();
    }

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    /// <summary>
    /// Completes when all sources have ended and everything is written, or when the job was stopped; fails with a
    /// <see cref="StreamException"/> when the job failed.
    /// </summary>
    public Task Completion { get; }

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

    /// <summary>Stops the job and waits until it has stopped.</summary>
    /// <param name="mode">Whether what is under way is finished.</param>
    /// <param name="cancellationToken">Ends the waiting, not the stopping: a drain that takes too
    /// long can be aborted.</param>
    /// <exception cref="StreamException">The job had failed, or failed while it was stopping.</exception>
    public Task StopAsync(StopMode mode = StopMode.Drain, CancellationToken cancellationToken = default)
    {
        if (!Completion.IsCompleted)
        {
            if (mode == StopMode.Drain)
            {
                _runner.Drain();
            }
            else
            {
                _runner.Abort();
            }
        }

        return Completion.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Aborts the job if it still runs, and waits until it has stopped; a failure is left to <see cref="Completion"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted)
        {
            _runner.Abort();
        }

        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _runner.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await _runner.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _metrics.Dispose();
        }
    }

    // A chain is built from its end, so its first operator, for which batches wait, is the last that has counters.
    private IEnumerable<OperatorReading> Read() => _runner.Subtasks.SelectMany(static subtask =>
        subtask.Counters.Select((counters, i) =>
            new OperatorReading(counters, i == subtask.Counters.Count - 1 ? subtask.QueueDepth : 0)));
}

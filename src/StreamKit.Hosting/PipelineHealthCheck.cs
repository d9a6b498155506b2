using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace StreamKit.Hosting;

/// <summary>Says whether a pipeline is well, from what its job publishes; it stops and asks nothing.</summary>
internal sealed class PipelineHealthCheck(HostedPipeline pipeline) : IHealthCheck
{
    private readonly Dictionary<string, object> _data = [];
    private readonly List<string> _complaints = [];
    private HealthStatus _status = HealthStatus.Healthy;

    private PipelineHealthOptions Limits => pipeline.Options.Health;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(new PipelineHealthCheck(pipeline).Check());

    private HealthCheckResult Check()
    {
        PipelineState state = pipeline.State;
        _data["state"] = state.ToString();
        if (pipeline.Job is { } job)
        {
            Read(job, state);
        }

        switch (state)
        {
            case PipelineState.Failed:
                return HealthCheckResult.Unhealthy(
                    $"The pipeline failed: {pipeline.Failure?.Message}", pipeline.Failure, _data);
            case PipelineState.Waiting:
                return HealthCheckResult.Unhealthy("The pipeline has not been started yet.", data: _data);
            case PipelineState.Ended:
                return new HealthCheckResult(Limits.WhenEnded, "The pipeline has ended.", data: _data);
            case PipelineState.Stopping or PipelineState.Stopped or PipelineState.Aborted:
                return HealthCheckResult.Degraded("The pipeline stops with the application.", data: _data);
            default:
                return new HealthCheckResult(
                    _status, _complaints.Count == 0 ? null : string.Join(" ", _complaints), data: _data);
        }
    }

    private void Read(StreamJob job, PipelineState state)
    {
        JobMetrics metrics = job.GetMetrics();
        _data["lateRecords"] = metrics.LateRecords;
        _data["errors"] = metrics.Errors;
        _data["queueDepth"] = metrics.Operators.Sum(static o => o.QueueDepth);
        if (state == PipelineState.Running)
        {
            JudgeLag(metrics);
            JudgeFlow(metrics);
            JudgeRestarts(job.GetCheckpointStatus());
            JudgeCheckpoints(job.GetCheckpointStatus());
            ExplainWaits(job, metrics);
        }
    }

    private void JudgeLag(JobMetrics metrics)
    {
        if (metrics.WatermarkLag is not { } lag)
        {
            return;
        }

        _data["watermarkLag"] = lag;
        if (Limits.MaxWatermarkLag is { } most && lag > most)
        {
            string slowest = metrics.Operators.MaxBy(static o => o.WatermarkLag)!.Operator; // One of them has a lag.
            Complain(
                HealthStatus.Degraded,
                $"The watermark of '{slowest}' lies {Text(lag)} behind the clock; {Text(most)} are allowed.");
        }
    }

    // What stands furthest down is what all before it wait for.
    private void JudgeFlow(JobMetrics metrics)
    {
        OperatorMetrics[] stuck = [.. metrics.Operators.Where(o => o.Blocked >= Limits.StuckAfter)];
        if (stuck is [.., var last])
        {
            _data["stuck"] = string.Join(", ", stuck.Select(static o => o.Operator).Distinct());
            Complain(
                Limits.WhenStuck,
                $"'{last.Operator}' has been waiting for {Text(last.Blocked)} for room behind it or for what it writes "
                + "to.");
        }
    }

    private void JudgeRestarts(CheckpointStatus status)
    {
        _data["restarts"] = status.Restarts;
        if (status.LastRestart is { } last && Now - last is var ago && ago < Limits.DegradedAfterRestart)
        {
            Complain(
                HealthStatus.Degraded,
                $"The job failed {Text(ago)} ago and was started again (restart {status.Restarts}).");
        }
    }

    private void JudgeCheckpoints(CheckpointStatus status)
    {
        if (pipeline.JobOptions.Checkpoints is not { } checkpoints)
        {
            return;
        }

        TimeSpan age = Now - (status.Last?.Created ?? pipeline.StartedAt);
        _data["checkpoints"] = status.Completed;
        _data["checkpointsFailedInARow"] = status.FailedInARow;
        _data["checkpointAge"] = age;
        if (status.Last is { } last)
        {
            _data["lastCheckpoint"] = last.Id;
        }

        if (status.FailedInARow > 0)
        {
            Complain(
                HealthStatus.Degraded,
                $"Checkpoints fail ({status.FailedInARow} in a row): {status.LastFailure?.Message}");
        }

        if (age / checkpoints.Every > Limits.MaxCheckpointIntervals)
        {
            Complain(
                HealthStatus.Degraded,
                $"No checkpoint was completed for {Text(age)}; one is due every {Text(checkpoints.Every)}.");
        }
    }

    private void ExplainWaits(StreamJob job, JobMetrics metrics)
    {
        IEnumerable<string> waiting =
            metrics.Operators.Where(static o => o.OpenWindows > 0).Select(static o => o.Operator).Distinct();
        foreach (string name in waiting)
        {
            _data[$"waits:{name}"] = job.Explain(name).ToString();
        }
    }

    private void Complain(HealthStatus status, string complaint)
    {
        _status = status < _status ? status : _status;
        _complaints.Add(complaint);
    }

    private DateTimeOffset Now => pipeline.JobOptions.Clock.GetUtcNow();

    private static string Text(TimeSpan time) =>
        new TimeSpan(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond)).ToString("c", CultureInfo.InvariantCulture);
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace StreamKit.Diagnostics;

/// <summary>
/// The meter <c>StreamKit</c>: what the running jobs count, with the pipeline, the operator and the subtask as tags.
/// </summary>
internal static class Instruments
{
    public const string MeterName = "StreamKit";

    // Not "job": Prometheus gives every series a label of that name, for what it scrapes, and would rename this one.
    private const string PipelineTag = "pipeline";

    private static readonly Meter s_meter = new(MeterName);
    private static readonly ConcurrentDictionary<object, (string Job, Func<IEnumerable<OperatorReading>> Read)> s_jobs =
        new();

    private static readonly ConcurrentDictionary<object, (string Job, Func<CheckpointReading> Read)> s_checkpoints =
        new();

    static Instruments()
    {
        CreateOfJobs();
        CreateOfOperators();
    }

    /// <summary>Shows a job's counters until the result is disposed.</summary>
    public static IDisposable Publish(string job, Func<IEnumerable<OperatorReading>> read)
    {
        var publication = new Publication();
        s_jobs[publication] = (job, read);
        return publication;
    }

    /// <summary>Shows what is counted of a job's checkpoints until the result is disposed.</summary>
    public static IDisposable Publish(string job, Func<CheckpointReading> read)
    {
        var publication = new Publication();
        s_checkpoints[publication] = (job, read);
        return publication;
    }

    private static void CreateOfJobs()
    {
        JobCounter("streamkit.job.checkpoints", "{checkpoint}", "Checkpoints completed", static r => r.Completed);
        JobCounter("streamkit.job.failed_checkpoints", "{checkpoint}", "Checkpoints given up", static r => r.Failed);
        JobCounter("streamkit.job.restarts", "{restart}", "Starts after a failure", static r => r.Restarts);
        s_meter.CreateObservableGauge(
            "streamkit.job.checkpoint_duration",
            static () => ObserveJobs(static r => r.LastSeconds),
            "s",
            "How long the last checkpoint took until it was stored");
        s_meter.CreateObservableGauge(
            "streamkit.job.checkpoint_bytes",
            static () => ObserveJobs(static r => r.LastBytes),
            "By",
            "The size of the last checkpoint");
    }

    private static void CreateOfOperators()
    {
        Counter("streamkit.operator.records_in", "{record}", "Records taken in", static r => r.Counters.RecordsIn);
        Counter("streamkit.operator.records_out", "{record}", "Records handed on", static r => r.Counters.RecordsOut);
        LateCounter(
            "streamkit.operator.late_records",
            "Records that no window, ordering or deduplication accepted any more",
            static r => (r.Counters.LateRecords, r.Counters.LateRejoinedRecords));
        LateCounter(
            "streamkit.operator.partly_late_records",
            "Records that some of their windows did not accept any more",
            static r => (r.Counters.PartlyLateRecords, r.Counters.PartlyLateRejoinedRecords));
        Counter(
            "streamkit.operator.unassigned_records",
            "{record}",
            "Records that belong to no window",
            static r => r.Counters.UnassignedRecords);
        Counter(
            "streamkit.operator.future_records",
            "{record}",
            "Records beyond the future guard",
            static r => r.Counters.FutureRecords);
        Counter(
            "streamkit.operator.errors",
            "{record}",
            "Records that went to the error policy",
            static r => r.Counters.Errors);
        Counter(
            "streamkit.operator.dropped_records",
            "{record}",
            "Records of an observable that were dropped",
            static r => r.Counters.DroppedRecords);
        Counter(
            "streamkit.operator.duplicate_records",
            "{record}",
            "Records left out because one with the same id had passed",
            static r => r.Counters.DuplicateRecords);
        Gauge(
            "streamkit.operator.open_windows",
            "{window}",
            "Windows that are open",
            static r => r.Counters.OpenWindows);
        Gauge("streamkit.operator.keys", "{key}", "Keys that have state", static r => r.Counters.Keys);
        Gauge("streamkit.operator.state_bytes", "By", "Memory of tables of keys", static r => r.Counters.StateBytes);
        Gauge("streamkit.operator.spilled_bytes", "By", "State outside of memory", static r => r.Counters.SpilledBytes);
        Gauge("streamkit.operator.queue_depth", "{batch}", "Batches and signals that wait", static r => r.QueueDepth);
        Seconds(
            "streamkit.operator.watermark",
            "The watermark, in seconds since 1970",
            static r => r.Counters.Watermark is var ticks and not (long.MinValue or long.MaxValue) ? ticks : null);
        Seconds(
            "streamkit.operator.watermark_lag",
            "How far the watermark that this step makes lies behind the clock",
            static r => r.LagTicks);
        Seconds(
            "streamkit.operator.blocked_duration",
            "How long the subtask has been waiting for room further down, or for its sink",
            static r => r.BlockedTicks);
    }

    private static void JobCounter(
        string name, string unit, string description, Func<CheckpointReading, long> value) =>
        s_meter.CreateObservableCounter(name, () => ObserveJobs<long>(r => value(r)), unit, description);

    // A number that is not known is not said.
    private static IEnumerable<Measurement<T>> ObserveJobs<T>(Func<CheckpointReading, T?> value)
        where T : struct
    {
        foreach ((string job, Func<CheckpointReading> read) in s_checkpoints.Values)
        {
            if (value(read()) is { } known)
            {
                yield return new Measurement<T>(known, new KeyValuePair<string, object?>(PipelineTag, job));
            }
        }
    }

    private static void Counter(string name, string unit, string description, Func<OperatorReading, long> value) =>
        s_meter.CreateObservableCounter(name, () => Observe(value), unit, description);

    private static void LateCounter(
        string name, string description, Func<OperatorReading, (long All, long Rejoined)> value) =>
        s_meter.CreateObservableCounter(name, () => ObserveLate(value), "{record}", description);

    private static void Gauge(string name, string unit, string description, Func<OperatorReading, long> value) =>
        s_meter.CreateObservableGauge(name, () => Observe(value), unit, description);

    // A time that is not known is not said.
    private static void Seconds(string name, string description, Func<OperatorReading, long?> ticks) =>
        s_meter.CreateObservableGauge(name, () => ObserveSeconds(ticks), "s", description);

    private static IEnumerable<Measurement<long>> Observe(Func<OperatorReading, long> value)
    {
        foreach ((string job, OperatorReading reading) in All())
        {
            yield return new Measurement<long>(value(reading), TagsOf(job, reading));
        }
    }

    // One measurement for each reason, so that their sum is what it was.
    private static IEnumerable<Measurement<long>> ObserveLate(Func<OperatorReading, (long All, long Rejoined)> value)
    {
        foreach ((string job, OperatorReading reading) in All())
        {
            (long all, long rejoined) = value(reading);
            KeyValuePair<string, object?>[] tags = TagsOf(job, reading);
            yield return new Measurement<long>(all - rejoined, [.. tags, new("reason", "behind_watermark")]);
            yield return new Measurement<long>(rejoined, [.. tags, new("reason", "idle_input_rejoined")]);
        }
    }

    private static IEnumerable<Measurement<double>> ObserveSeconds(Func<OperatorReading, long?> ticks)
    {
        foreach ((string job, OperatorReading reading) in All())
        {
            if (ticks(reading) is { } known)
            {
                yield return new Measurement<double>(
                    known / (double)TimeSpan.TicksPerSecond, TagsOf(job, reading));
            }
        }
    }

    private static IEnumerable<(string Job, OperatorReading Reading)> All() =>
        s_jobs.Values.SelectMany(static entry => entry.Read().Select(reading => (entry.Job, reading)));

    private static KeyValuePair<string, object?>[] TagsOf(string job, OperatorReading reading) =>
    [
        new(PipelineTag, job),
        new("operator", reading.Counters.Name),
        new("subtask", reading.Counters.Subtask),
    ];

    private sealed class Publication : IDisposable
    {
        public void Dispose()
        {
            s_jobs.TryRemove(this, out _);
            s_checkpoints.TryRemove(this, out _);
        }
    }
}

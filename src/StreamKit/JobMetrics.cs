using StreamKit.Diagnostics;

namespace StreamKit;

/// <summary>What a job counts, at one moment.</summary>
public sealed class JobMetrics
{
    /// <summary>
    /// The name of the meter that shows the running jobs, for listeners such as OpenTelemetry's
    /// <c>AddMeter(JobMetrics.MeterName)</c>: "StreamKit".
    /// </summary>
    public const string MeterName = Instruments.MeterName;

    internal JobMetrics(string job, IReadOnlyList<OperatorMetrics> operators) => (Job, Operators) = (job, operators);

    /// <summary>The job's name.</summary>
    public string Job { get; }

    /// <summary>Every subtask of every operator, in the order of the stages.</summary>
    public IReadOnlyList<OperatorMetrics> Operators { get; }

    /// <summary>Records that came too late for a step, in the whole job; counted once at each such step.</summary>
    public long LateRecords => Operators.Sum(static o => o.LateRecords);

    /// <summary>Records that went to the error policy, in the whole job.</summary>
    public long Errors => Operators.Sum(static o => o.Errors);

    /// <summary>
    /// How far the slowest watermark lies behind the job's clock; null while none is known, and after the end of event
    /// time.
    /// </summary>
    public TimeSpan? WatermarkLag => Operators.Max(static o => o.WatermarkLag);

    /// <summary>The subtasks of one operator.</summary>
    /// <param name="name">The operator's name.</param>
    public IEnumerable<OperatorMetrics> Of(string name) => Operators.Where(o => o.Operator == name);
}

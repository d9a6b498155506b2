using StreamKit.Diagnostics;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>What one subtask of an operator counts, at one moment.</summary>
public sealed class OperatorMetrics
{
    private readonly long _lateRejoined;
    private readonly long _partlyLateRejoined;

    internal OperatorMetrics(OperatorReading reading)
    {
        OperatorCounters counters = reading.Counters;
        Operator = counters.Name;
        Subtask = counters.Subtask;
        RecordsIn = counters.RecordsIn;
        RecordsOut = counters.RecordsOut;
        LateRecords = counters.LateRecords;
        PartlyLateRecords = counters.PartlyLateRecords;
        _lateRejoined = counters.LateRejoinedRecords;
        _partlyLateRejoined = counters.PartlyLateRejoinedRecords;
        UnassignedRecords = counters.UnassignedRecords;
        FutureRecords = counters.FutureRecords;
        Errors = counters.Errors;
        DroppedRecords = counters.DroppedRecords;
        DuplicateRecords = counters.DuplicateRecords;
        OpenWindows = counters.OpenWindows;
        Keys = counters.Keys;
        StateBytes = counters.StateBytes;
        SpilledBytes = counters.SpilledBytes;
        Watermark = new Timestamp(counters.Watermark);
        QueueDepth = reading.QueueDepth;
        WatermarkLag = reading.LagTicks is { } lag ? new TimeSpan(lag) : null;
        Blocked = new TimeSpan(reading.BlockedTicks);
    }

    /// <summary>The operator's name.</summary>
    public string Operator { get; }

    /// <summary>Which of its parallel subtasks, from 0.</summary>
    public int Subtask { get; }

    /// <summary>Records taken in.</summary>
    public long RecordsIn { get; }

    /// <summary>Records handed on.</summary>
    public long RecordsOut { get; }

    /// <summary>Records that came too late: no window, ordering or deduplication accepted them any more.</summary>
    public long LateRecords { get; }

    /// <summary>Records that some of their windows did not accept any more, while others did.</summary>
    public long PartlyLateRecords { get; }

    /// <summary>Records that belong to no window, because windows leave gaps.</summary>
    public long UnassignedRecords { get; }

    /// <summary>Records with a timestamp beyond the future guard.</summary>
    public long FutureRecords { get; }

    /// <summary>Records that went to the error policy.</summary>
    public long Errors { get; }

    /// <summary>
    /// Records of an observable that the pipeline did not take in time, dropped as
    /// <see cref="Connectors.WhenFull"/> says.
    /// </summary>
    public long DroppedRecords { get; }

    /// <summary>Records that <c>DistinctBy</c> left out because one with the same id had passed.</summary>
    public long DuplicateRecords { get; }

    /// <summary>Windows that are open, as of the last watermark or early round.</summary>
    public long OpenWindows { get; }

    /// <summary>
    /// Keys that have state, counted once for each slice of time that they have it in, and once more for each time that
    /// they were spilled; as of the last watermark or early round.
    /// </summary>
    public long Keys { get; }

    /// <summary>
    /// Roughly how many bytes of memory the tables of keys take, without what their values refer to; as of the last
    /// watermark or early round. Known of windows in time without triggers and of sessions without caps; 0 of others.
    /// </summary>
    public long StateBytes { get; }

    /// <summary>
    /// How many bytes of state lie outside of memory, as <see cref="StateLimits"/> says; as of the last watermark.
    /// </summary>
    public long SpilledBytes { get; }

    /// <summary>
    /// The watermark; <see cref="Timestamp.MinValue"/> while none is known, and where none is looked at.
    /// </summary>
    public Timestamp Watermark { get; }

    /// <summary>
    /// How far the watermark lies behind the job's clock, of the step that makes it (<c>WithEventTime</c>); null at
    /// other steps, while no watermark is known, and after the end of event time.
    /// </summary>
    /// <remarks>
    /// It holds the bound on disorder, and grows while no records come. Negative where records are dated ahead.
    /// </remarks>
    public TimeSpan? WatermarkLag { get; }

    /// <summary>
    /// How long the subtask has been waiting, at a stretch and until now, for room further down or for the sink that it
    /// writes to; zero where it does not. All steps of its chain show the same.
    /// </summary>
    public TimeSpan Blocked { get; }

    /// <summary>
    /// Batches and signals that wait for the subtask; shown at the first operator of its chain, 0 at the others.
    /// </summary>
    public int QueueDepth { get; }

    /// <summary>
    /// The part of <see cref="LateRecords"/> that has a reason; of <see cref="LateReason.FutureGuard"/> it is
    /// <see cref="FutureRecords"/>, which are not late.
    /// </summary>
    /// <param name="reason">The reason.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    public long LateRecordsOf(LateReason reason) => Of(reason, LateRecords, _lateRejoined, FutureRecords);

    /// <summary>The part of <see cref="PartlyLateRecords"/> that has a reason.</summary>
    /// <param name="reason">The reason; of <see cref="LateReason.FutureGuard"/> there are none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    public long PartlyLateRecordsOf(LateReason reason) => Of(reason, PartlyLateRecords, _partlyLateRejoined, 0);

    private static long Of(LateReason reason, long all, long rejoined, long future) => reason switch
    {
        LateReason.BehindWatermark => all - rejoined,
        LateReason.IdleInputRejoined => rejoined,
        LateReason.FutureGuard => future,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "There is no such reason."),
    };
}

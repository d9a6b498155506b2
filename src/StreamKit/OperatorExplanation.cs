using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>
/// Why an operator's windows have not closed, as it was at one moment; <c>ToString</c> says it in words.
/// </summary>
/// <remarks>
/// It is put together from what the running job publishes, without stopping anything, so two numbers in it may be some
/// microseconds apart.
/// </remarks>
public sealed class OperatorExplanation
{
    internal OperatorExplanation(string @operator, DateTimeOffset takenAt) =>
        (Operator, TakenAt) = (@operator, takenAt);

    /// <summary>The operator's name.</summary>
    public string Operator { get; }

    /// <summary>When this was, by the job's clock.</summary>
    public DateTimeOffset TakenAt { get; }

    /// <summary>Why the watermark is not further.</summary>
    public WaitReason Reason { get; internal init; }

    /// <summary>Since when that is so, by the job's clock; null where it cannot be said.</summary>
    public DateTimeOffset? Since { get; internal init; }

    /// <summary>
    /// How far event time has come for the operator; <see cref="Timestamp.MinValue"/> while nothing is known. Lanes are
    /// sent only the watermarks that can close a window, so those of <see cref="Lanes"/> may be lower.
    /// </summary>
    public Timestamp Watermark { get; internal init; }

    /// <summary>
    /// When the next window closes that has records; null where none waits. A session may grow beyond it.
    /// </summary>
    public Timestamp? ClosesAt { get; internal init; }

    /// <summary>The window that closes then; null where none waits, and for sessions.</summary>
    public Window? NextWindow { get; internal init; }

    /// <summary>
    /// By how much the watermark has to advance for it; null where no window waits, or no watermark is known.
    /// </summary>
    public TimeSpan? Remaining => ClosesAt is { } end && Watermark != Timestamp.MinValue
        ? new TimeSpan(TickMath.Add(end.Ticks, -Watermark.Ticks))
        : null;

    /// <summary>Every lane of the operator.</summary>
    public IReadOnlyList<LaneExplanation> Lanes { get; internal init; } = [];

    /// <summary>
    /// The steps from the operator up to the source of the split that holds it back, by name; the operator alone where
    /// no split does.
    /// </summary>
    public IReadOnlyList<string> Chain { get; internal init; } = [];

    /// <summary>Every split whose watermark counts for the operator.</summary>
    public IReadOnlyList<SplitExplanation> Splits { get; internal init; } = [];

    /// <summary>The split that holds the watermark back; null where none does.</summary>
    public SplitExplanation? HeldBackBy { get; internal init; }

    /// <summary>The step that is full or slow, with <see cref="WaitReason.BackPressure"/>; null else.</summary>
    public string? BlockedBy { get; internal init; }

    /// <summary>The alignment group, with <see cref="WaitReason.HeldByAlignment"/>; null else.</summary>
    public string? AlignmentGroup { get; internal init; }

    /// <summary>The split that the group waits for, as 'source/split'; null where there is none.</summary>
    public string? SlowestOfGroup { get; internal init; }

    /// <summary>What would let time go on, as a call on the watermark strategy; null where nothing would.</summary>
    internal string? Cure { get; init; }

    /// <summary>The explanation in a few sentences.</summary>
    public override string ToString() => ExplanationText.Of(this);
}

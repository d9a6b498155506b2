using StreamKit.Diagnostics;
using StreamKit.Time;

namespace StreamKit;

/// <summary>How one split of a source stands, in an <see cref="OperatorExplanation"/>.</summary>
/// <remarks>Times of the clock are those of <see cref="JobOptions.Clock"/>.</remarks>
public sealed class SplitExplanation
{
    internal SplitExplanation(string eventTimeStep, SplitStatus status)
    {
        EventTimeStep = eventTimeStep;
        Source = status.Source;
        Split = status.Split;
        Watermark = new Timestamp(status.Watermark);
        Highest = Known(status.Highest);
        Bound = status.BoundTicks is { } bound ? new TimeSpan(bound) : null;
        StartedAt = new Timestamp(status.StartedAt).ToDateTimeOffset();
        LastRecordAt = Known(status.HeardAt)?.ToDateTimeOffset();
        IdleSince = Known(status.IdleSince)?.ToDateTimeOffset();
        HeldSince = Known(status.HeldSince)?.ToDateTimeOffset();
    }

    /// <summary>The step that makes its watermark.</summary>
    public string EventTimeStep { get; }

    /// <summary>The name of the source; empty where the splits can no longer be told apart.</summary>
    public string Source { get; }

    /// <summary>The split's name; empty where the splits can no longer be told apart.</summary>
    public string Split { get; }

    /// <summary>How far event time has come in it; <see cref="Timestamp.MinValue"/> while nothing is known.</summary>
    public Timestamp Watermark { get; }

    /// <summary>The highest event time of its records; null while there has been none.</summary>
    public Timestamp? Highest { get; }

    /// <summary>The bound on disorder; null where the watermark is made in another way.</summary>
    public TimeSpan? Bound { get; }

    /// <summary>When the split came.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When its last records came; null while there have been none.</summary>
    public DateTimeOffset? LastRecordAt { get; }

    /// <summary>Since when it is idle, and holds nobody back; null where it is not.</summary>
    public DateTimeOffset? IdleSince { get; }

    /// <summary>Since when alignment keeps it from being read; null where it does not.</summary>
    public DateTimeOffset? HeldSince { get; }

    private static Timestamp? Known(long ticks) => ticks == long.MinValue ? null : new Timestamp(ticks);
}

using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>A late record as a scenario expects it.</summary>
internal sealed record ExpectedLate(Mark Record, IReadOnlyList<Span> Missed)
{
    /// <summary>The watermark at which it came; null: not compared.</summary>
    public long? Watermark { get; init; }

    public bool AcceptedByOthers { get; init; }

    public static string Write(Late<Mark> late) =>
        $"late:{late.Value}{Write(late.MissedWindows.Select(Span.Of))}@{Ticks.Write(late.Watermark.Ticks)}"
        + (late.AcceptedByOthers ? "+others" : "")
        + (late.Reason == LateReason.BehindWatermark ? "" : $"+{late.Reason}");

    public bool Matches(Late<Mark> late) =>
        Record == late.Value
        && Record.At == late.Timestamp.Ticks
        && Missed.SequenceEqual(late.MissedWindows.Select(Span.Of))
        && (Watermark ?? late.Watermark.Ticks) == late.Watermark.Ticks
        && AcceptedByOthers == late.AcceptedByOthers
        && late.Reason == LateReason.BehindWatermark
        && (Int128)late.LateBy.Ticks == Int128.Min(long.MaxValue, (Int128)late.Watermark.Ticks - Record.At);

    public override string ToString() => $"late:{Record}{Write(Missed)}"
        + $"{(Watermark is { } watermark ? $"@{Ticks.Write(watermark)}" : "")}{(AcceptedByOthers ? "+others" : "")}";

    private static string Write(IEnumerable<Span> missed) =>
        string.Concat(missed) is { Length: > 0 } spans ? spans : "[]";
}

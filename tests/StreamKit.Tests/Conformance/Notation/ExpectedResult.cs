using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>A window result as a scenario expects it; what is null was not written down and is not compared.</summary>
internal sealed record ExpectedResult(string Key, Span Window, string Value)
{
    public PaneTiming Timing { get; init; } = PaneTiming.OnTime;

    public bool IsRetraction { get; init; }

    /// <summary>Whether FillGaps made it.</summary>
    public bool IsFilled { get; init; }

    public int? Index { get; init; }

    public bool? IsFinal { get; init; }

    public static string Write(WindowResult<string, string> result) =>
        $"{(result.Pane.IsRetraction ? "-" : "")}{result.Key}{Span.Of(result.Window)}={result.Value}"
        + $"{(result.Pane.IsFilled ? "*" : "")}{Suffix(result.Pane.Timing)}#{result.Pane.Index}"
        + (result.Pane.IsFinal ? "!" : "~");

    public bool Matches(WindowResult<string, string> result) =>
        Key == result.Key
        && Window == Span.Of(result.Window)
        && Value == result.Value
        && Timing == result.Pane.Timing
        && IsFilled == result.Pane.IsFilled
        && IsRetraction == result.Pane.IsRetraction
        && (Index ?? result.Pane.Index) == result.Pane.Index
        && (IsFinal ?? result.Pane.IsFinal) == result.Pane.IsFinal;

    public override string ToString() => $"{(IsRetraction ? "-" : "")}{Key}{Window}={Value}{(IsFilled ? "*" : "")}"
        + Suffix(Timing)
        + $"{(Index is { } index ? $"#{index}" : "")}{IsFinal switch { true => "!", false => "~", null => "" }}";

    private static string Suffix(PaneTiming timing) => timing switch
    {
        PaneTiming.Early => "@early",
        PaneTiming.Late => "@late",
        _ => "",
    };
}

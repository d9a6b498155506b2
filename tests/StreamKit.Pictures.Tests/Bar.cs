using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>A result in a picture: from start to end in units of the axis, with what it says.</summary>
internal sealed record Bar(int After, double Start, double End, string Text, Pane Pane) : Row(After)
{
    public static Bar Of<TValue>(WindowResult<string, TValue> result, Axis axis, int after) => new(
        after,
        axis.At(result.Window.StartTime.Ticks),
        axis.At(result.Window.EndTime.Ticks),
        $"{result.Key}: {result.Value}{Suffix(result.Pane)}",
        result.Pane);

    private static string Suffix(Pane pane) => pane switch
    {
        { IsRetraction: true } => " taken back",
        { Timing: PaneTiming.Early } => " early",
        { Timing: PaneTiming.Late } => " late",
        _ => "",
    };
}

using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>A result in a picture: from start to end in seconds, with what it says.</summary>
internal sealed record Bar(double Start, double End, string Text, Pane Pane)
{
    public static Bar Of<TValue>(WindowResult<string, TValue> result) => new(
        Seconds(result.Window.StartTime.Ticks),
        Seconds(result.Window.EndTime.Ticks),
        $"{result.Key}: {result.Value}{Suffix(result.Pane)}",
        result.Pane);

    private static double Seconds(long ticks) => ticks / (double)TimeSpan.TicksPerSecond;

    private static string Suffix(Pane pane) => pane switch
    {
        { IsRetraction: true } => " taken back",
        { Timing: PaneTiming.Early } => " early",
        { Timing: PaneTiming.Late } => " late",
        _ => "",
    };
}

using StreamKit.Tests.Oracle;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>Asks the engine's assigners directly.</summary>
internal static class Assigned
{
    /// <summary>The windows of a timestamp, as the window operator finds them.</summary>
    public static IReadOnlyList<OracleWindow> WindowsOf(WindowAssigner assigner, long ticks)
    {
        var sliced = (SlicedAssigner)assigner;
        Window slice = sliced.SliceOf(ticks);
        List<Window> windows = [];
        sliced.AddWindowsOf(slice, windows);
        Assert.True(slice.StartTime.Ticks <= ticks && ticks < slice.EndTime.Ticks, $"{slice} does not hold {ticks}");
        return [.. windows.Select(w => new OracleWindow(w.StartTime.Ticks, w.EndTime.Ticks))];
    }
}

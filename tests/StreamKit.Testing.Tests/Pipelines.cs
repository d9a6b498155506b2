using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Testing.Tests;

/// <summary>The pipelines that the tests of the harness use.</summary>
internal static class Pipelines
{
    public static StreamTest<string, WindowResult<string, long>, string> Counts(
        StreamTestOptions? options = null, TimeSpan? early = null) => StreamTest.For(
        (DataStream<string> input) =>
        {
            WindowedStream<string, string> windows = input
                .WithEventTime(_ => Timestamp.FromUnixTimeSeconds(3), Watermarks.Monotonic())
                .KeyBy(key => key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)));
            windows = early is { } every ? windows.Early(every) : windows;
            return (windows.SideOutputLate(out DataStream<Late<string>> late).Count(), late);
        },
        options);

    /// <summary>
    /// Numbers every record in the order of arrival, whatever the key: what it says depends on the run.
    /// </summary>
    public static StreamTest<string, string> Impure()
    {
        int calls = 0;
        return StreamTest.For((DataStream<string> input) => input.Select(value => $"{value}{calls++}"));
    }
}

using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>Windows of one's own: marked records are in windows of 5 s, all others in windows of 20 s.</summary>
internal sealed class ByMark : IWindowAssigner<Reading>
{
    public TimeSpan Granularity => TimeSpan.FromSeconds(5);

    public void Assign(in Reading record, Timestamp timestamp, WindowCollector windows) =>
        windows.Add(Window.Aligned(timestamp, TimeSpan.FromSeconds(record.IsMarked ? 5 : 20)));
}

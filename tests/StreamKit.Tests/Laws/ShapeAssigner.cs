using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>A user's assigner that gives the windows of a shape, by the oracle's definition.</summary>
internal sealed class ShapeAssigner(OracleShape shape) : IWindowAssigner<OracleElement<int, int>>
{
    public void Assign(in OracleElement<int, int> record, Timestamp timestamp, WindowCollector windows)
    {
        // In the wrong order: it must not matter.
        foreach (OracleWindow window in OracleAssigners.Assign(shape, timestamp.Ticks).Reverse())
        {
            windows.Add(new Window(new Timestamp(window.Start), new Timestamp(window.End)));
        }
    }
}

using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>An assigner of a user, written down by a test; it asks for multiples of a granularity.</summary>
internal sealed class ScriptedAssigner(Action<string, Timestamp, WindowCollector> assign) : IWindowAssigner<string>
{
    public TimeSpan Granularity { get; init; }

    public void Assign(in string record, Timestamp timestamp, WindowCollector windows) =>
        assign(record, timestamp, windows);
}

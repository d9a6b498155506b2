using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>Windows of one length that also merge where they only touch.</summary>
internal sealed class TouchingAssigner(TimeSpan length) : IMergingWindowAssigner<string>
{
    public Window Assign(in string record, Timestamp timestamp) => Window.From(timestamp, length);

    public bool ShouldMerge(Window one, Window other) =>
        one.StartTime <= other.EndTime && other.StartTime <= one.EndTime;
}

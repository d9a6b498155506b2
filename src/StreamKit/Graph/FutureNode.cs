using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The second output of an event-time step: the records beyond its future guard.</summary>
internal sealed class FutureNode<T>(EventTimeNode<T> eventTime) : RecordsNode<Late<T>>("future", eventTime)
{
    public override WindowOptions? Results => null;

    // What stands behind it takes what watermarks come; it asks for none of its own.
    public override bool ClosesWindows => true;
}

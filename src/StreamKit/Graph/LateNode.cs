using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The second output of a window: the records that came too late.</summary>
internal sealed class LateNode<T>() : RecordsNode<Late<T>>("late")
{
    private StreamNode? _window;

    public override IReadOnlyList<StreamNode> Origins => _window is null ? [] : [_window];

    public override bool HasEventTime => true;

    public override bool ClosesWindows => true;

    public override bool IsParallel => _window?.IsParallel ?? false;

    public void AttachTo(StreamNode window)
    {
        if (_window is not null)
        {
            throw new InvalidOperationException(
                "A window with SideOutputLate was aggregated twice, but its late stream belongs to one aggregation: "
                + "aggregate several values in one Aggregate call, or call Window again for the second.");
        }

        _window = window;
    }

    public override IEnumerable<string> Validate()
    {
        if (_window is null)
        {
            yield return $"'{Name}' is the late stream of a window that is never aggregated: "
                + "call Count, Aggregate or the like (Select, for a join).";
        }
    }
}

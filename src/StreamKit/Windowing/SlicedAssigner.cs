namespace StreamKit.Windowing;

/// <summary>
/// Windows whose bounds do not depend on the records: every window is a run of slices, and slices are shared.
/// </summary>
/// <remarks>
/// A slice is a stretch between two neighbouring window bounds. A record is added to one slice however many windows
/// overlap there (J. Li et al., "No pane, no gain", SIGMOD Record 34(1), 2005; S. Krishnamurthy et al., "On-the-fly
/// sharing for streamed aggregation", SIGMOD 2006, for ratios that do not divide).
/// </remarks>
internal abstract class SlicedAssigner : WindowAssigner
{
    /// <summary>Whether each slice belongs to exactly one window, which has the slice's bounds.</summary>
    public abstract bool IsPartition { get; }

    /// <summary>The slice that holds an instant; it may belong to no window.</summary>
    public abstract Window SliceOf(long ticks);

    /// <summary>Adds the windows that a slice belongs to, by start.</summary>
    public abstract void AddWindowsOf(Window slice, List<Window> windows);
}

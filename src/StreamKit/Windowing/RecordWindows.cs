namespace StreamKit.Windowing;

/// <summary>Windows that depend on the records, so they fit streams of one type. Made by <c>TimeWindows</c>.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public class RecordWindows<T>
{
    internal RecordWindows(WindowAssigner assigner) => Assigner = assigner;

    /// <summary>The assigner as the graph keeps it, once the compiler has compared the types.</summary>
    internal WindowAssigner Assigner { get; }
}

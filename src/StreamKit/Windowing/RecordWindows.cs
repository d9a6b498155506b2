namespace StreamKit.Windowing;

/// <summary>Windows that depend on the records. Made by <c>TimeWindows</c>.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public sealed class RecordWindows<T>
{
    internal RecordWindows(WindowAssigner assigner) => Assigner = assigner;

    internal WindowAssigner Assigner { get; }
}

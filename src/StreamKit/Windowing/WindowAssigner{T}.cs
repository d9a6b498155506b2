namespace StreamKit.Windowing;

/// <summary>
/// Says which windows a record belongs to by looking at the record, so it fits streams of one type. Made by
/// <c>TimeWindows</c>.
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
public abstract class WindowAssigner<T>
{
    private protected WindowAssigner()
    {
    }

    /// <summary>The assigner as the graph keeps it, once the compiler has compared the types.</summary>
    internal abstract WindowAssigner Untyped { get; }
}

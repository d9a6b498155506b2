namespace StreamKit.Windowing;

/// <summary>
/// A value that tests compare part by part, because a part may be a list, which is equal only to itself.
/// </summary>
internal interface IHasParts
{
    /// <summary>Everything that makes the value what it is, in a fixed order.</summary>
    IEnumerable<object?> Parts { get; }
}

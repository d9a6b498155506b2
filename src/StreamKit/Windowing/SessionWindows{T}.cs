namespace StreamKit.Windowing;

/// <summary>
/// Sessions that a pause or an end marker ends, and where asked also a longest duration. Made by
/// <c>TimeWindows.Session(gap).EndsOn(...)</c>.
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
public sealed class SessionWindows<T> : RecordWindows<T>
{
    private readonly SessionCut _cut;
    private readonly Func<T, bool> _isLast;

    internal SessionWindows(SessionCut cut, Func<T, bool> isLast)
        : base(new MarkedSessionAssigner<T>(cut, isLast)) => (_cut, _isLast) = (cut, isLast);

    /// <inheritdoc cref="SessionWindows.MaxDuration"/>
    public SessionWindows<T> MaxDuration(TimeSpan maxDuration) => new(_cut.WithMaxDuration(maxDuration), _isLast);
}

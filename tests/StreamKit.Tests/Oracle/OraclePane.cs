namespace StreamKit.Tests.Oracle;

/// <summary>One emission for one key and window, holding the elements it aggregates instead of a result.</summary>
/// <remarks>
/// A retraction repeats the pane that it withdraws, with its values and index, at the time of what replaces it; so an
/// index counts only the panes that are no retractions. Two panes are equal when all members are, the values compared
/// one by one.
/// </remarks>
internal sealed record OraclePane<TKey, TValue>
    where TKey : notnull
{
    public required TKey Key { get; init; }

    public required long Start { get; init; }

    public required long End { get; init; }

    /// <summary>The accepted elements that the pane aggregates, by timestamp and then by arrival.</summary>
    public required IReadOnlyList<TValue> Values { get; init; }

    public bool IsRetraction { get; init; }

    public required OracleTiming Timing { get; init; }

    /// <summary>Counts the panes of this key and window from 0.</summary>
    public required int Index { get; init; }

    public bool IsFirst => Index == 0;

    /// <summary>
    /// Whether the window was already expired when the pane was emitted, so that no other can follow.
    /// </summary>
    public required bool IsFinal { get; init; }

    public OracleWindow Window => new(Start, End);

    public bool Equals(OraclePane<TKey, TValue>? other) =>
        other is not null
        && EqualityComparer<TKey>.Default.Equals(Key, other.Key)
        && Window == other.Window
        && Values.SequenceEqual(other.Values)
        && IsRetraction == other.IsRetraction
        && Timing == other.Timing
        && Index == other.Index
        && IsFinal == other.IsFinal;

    public override int GetHashCode() => HashCode.Combine(Key, Window, IsRetraction, Timing, Index, Values.Count);

    public override string ToString()
    {
        string sign = IsRetraction ? "-" : "+";
        string final = IsFinal ? " final" : "";
        return $"{sign}{Key}{Window} {{{string.Join(",", Values)}}} {Timing} {Index}{final}";
    }
}

using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>
/// A value that is frequent, with bounds for how often it came: from <c>Count - Error</c> to <c>Count</c>.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
[StateSerializer(typeof(HeavyHitterSerializer<>))]
public readonly record struct HeavyHitter<TValue>
{
    /// <summary>A frequent value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How often it came at most.</param>
    /// <param name="error">By how much the count may be too large.</param>
    public HeavyHitter(TValue value, long count, long error) => (Value, Count, Error) = (value, count, error);

    /// <summary>The value.</summary>
    public TValue Value { get; }

    /// <summary>How often it came at most.</summary>
    public long Count { get; }

    /// <summary>By how much the count may be too large; zero where it is exact.</summary>
    public long Error { get; }
}

namespace StreamKit.Tests.Oracle;

/// <summary>When sessions merge and when they close; only two of the three fit together (SEMANTICS 7.2).</summary>
public enum SessionRule
{
    /// <summary>
    /// Overlapping sessions merge, a session closes when the watermark reaches its end: StreamKit's rule.
    /// </summary>
    HalfOpen,

    /// <summary>Touching sessions merge, a session closes when the watermark passes its end.</summary>
    GapInclusive,

    /// <summary>
    /// Touching sessions merge, but a session closes when the watermark reaches its end: Flink's rule.
    /// </summary>
    TouchingButClosedAtEnd,
}

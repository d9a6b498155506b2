namespace StreamKit.Runtime;

/// <summary>How long a subtask looks again and again before it goes to sleep.</summary>
internal static class Spinning
{
    /// <summary>
    /// Some ten microseconds, about what sleeping and waking cost; none on one processor, where
    /// nobody else could work meanwhile.
    /// </summary>
    public static int Rounds { get; } = Environment.ProcessorCount > 1 ? 30 : 0;
}

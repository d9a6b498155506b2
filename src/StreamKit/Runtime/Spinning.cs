namespace StreamKit.Runtime;

/// <summary>How long a subtask looks again and again before it goes to sleep.</summary>
internal static class Spinning
{
    /// <summary>
    /// Some ten microseconds, about what sleeping and waking cost; none on one processor, where
    /// nobody else could work meanwhile.
    /// </summary>
    public static int Rounds { get; } = Environment.ProcessorCount > 1 ? 30 : 0;

    /// <summary>One short look away, some hundreds of nanoseconds.</summary>
    /// <remarks>
    /// The processor is not yielded: two subtasks that yield to each other can stay on one processor for ever, while
    /// one that goes to sleep is woken on a free one.
    /// </remarks>
    public static void Pause() => Thread.SpinWait(10);
}

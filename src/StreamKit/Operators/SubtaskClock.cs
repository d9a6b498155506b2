namespace StreamKit.Operators;

/// <summary>The time that a subtask is told before each piece of work; operators take no other.</summary>
internal sealed class SubtaskClock
{
    /// <summary>Processing time in ticks since 1970.</summary>
    public long Now { get; set; }

    /// <summary>
    /// Ticks that have passed while the subtask was ready to take input: it stands while the subtask is held by
    /// back-pressure, so an input is not taken for silent when nobody could listen.
    /// </summary>
    public long Listening { get; set; }
}

using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>What a trigger knows about the key and window that it decides for, and the timers it may set.</summary>
/// <remarks>A key and window has at most one timer of each kind; setting it again moves it.</remarks>
public readonly ref struct TriggerContext
{
    private readonly ref TriggerTimers _timers;
    private readonly long _eventAfter;
    private readonly long _processingAfter;

    internal TriggerContext(
        ref TriggerTimers timers,
        Window window,
        Timestamp watermark,
        Timestamp processingTime,
        long eventAfter = long.MinValue,
        long processingAfter = long.MinValue)
    {
        _timers = ref timers;
        (Window, Watermark, ProcessingTime) = (window, watermark, processingTime);
        (_eventAfter, _processingAfter) = (eventAfter, processingAfter);
    }

    /// <summary>The window.</summary>
    public Window Window { get; }

    /// <summary>How far event time has come: no later record is expected below it.</summary>
    public Timestamp Watermark { get; }

    /// <summary>Processing time.</summary>
    public Timestamp ProcessingTime { get; }

    /// <summary>The event-time timer; null where none is set.</summary>
    public Timestamp? EventTimer => Set(_timers.Event);

    /// <summary>The processing-time timer; null where none is set.</summary>
    public Timestamp? ProcessingTimer => Set(_timers.Processing);

    /// <summary>Sets the timer that is due when every record up to an instant of event time has been seen.</summary>
    /// <param name="at">
    /// The instant: the timer is due when the watermark has passed it, with the next watermark where it has already.
    /// </param>
    /// <exception cref="InvalidOperationException">The timer of this instant, or of a later one, is being handled: it
    /// would be due again and again.</exception>
    public void SetEventTimer(Timestamp at)
    {
        RequireLater(at, _eventAfter);
        _timers.Event = at.Ticks;
    }

    /// <summary>Sets the timer that is due when processing time reaches an instant.</summary>
    /// <param name="at">The instant; one that has passed is due at once.</param>
    /// <exception cref="InvalidOperationException">The timer of this instant, or of a later one, is being handled: it
    /// would be due again and again.</exception>
    public void SetProcessingTimer(Timestamp at)
    {
        RequireLater(at, _processingAfter);
        _timers.Processing = at.Ticks;
    }

    /// <summary>Sets the processing-time timer so far from now.</summary>
    /// <param name="delay">How far; more than zero.</param>
    public void SetProcessingTimer(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        SetProcessingTimer(new Timestamp(TickMath.Add(ProcessingTime.Ticks, delay.Ticks)));
    }

    /// <summary>Takes the event-time timer back, if one is set.</summary>
    public void ClearEventTimer() => _timers.Event = TriggerTimers.None;

    /// <summary>Takes the processing-time timer back, if one is set.</summary>
    public void ClearProcessingTimer() => _timers.Processing = TriggerTimers.None;

    private static Timestamp? Set(long ticks) => ticks == TriggerTimers.None ? null : new Timestamp(ticks);

    private static void RequireLater(Timestamp at, long after)
    {
        if (after != long.MinValue && at.Ticks <= after)
        {
            throw new InvalidOperationException(
                $"A trigger whose timer of {new Timestamp(after)} is due set the next one for {at}, which is not "
                + "later: it would be due again and again. Count from the watermark, or from processing time.");
        }
    }
}

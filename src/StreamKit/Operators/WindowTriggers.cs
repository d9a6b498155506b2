using StreamKit.Serialization;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Asks the trigger of the phase that a window is in, and keeps what it remembers.</summary>
internal sealed class WindowTriggers<TKey, TIn, TAcc, TOut>(WindowOptions options, OperatorContext context)
{
    private readonly TriggerStates<TIn>? _early = options.Early?.Open<TIn>();
    private readonly TriggerStates<TIn>? _late = options.Late?.Open<TIn>();

    /// <summary>What a record makes the window do; without a trigger, a late one makes it speak at once.</summary>
    public TriggerResult OnRecord(KeyedWindow<TKey, TAcc, TOut> window, in TIn record, long watermark)
    {
        if (Of(window) is not { } states)
        {
            return window.IsComplete ? TriggerResult.Fire : TriggerResult.Wait;
        }

        TriggerTimers timers = window.Timers;
        try
        {
            if (window.Trigger == TriggerStates<TIn>.None)
            {
                window.Trigger = states.Open();
            }

            var now = new TriggerContext(ref timers, window.Bounds, new(watermark), new(context.Clock.Now));
            TriggerResult result = states.OnRecord(window.Trigger, in record, now);
            window.Timers = timers;
            return result;
        }
        catch (Exception exception)
        {
            return Report(exception, window);
        }
    }

    /// <summary>What the event-time timer makes the window do; it is no longer set.</summary>
    public TriggerResult OnEventTimer(KeyedWindow<TKey, TAcc, TOut> window, long watermark)
    {
        long due = window.Timers.Event;
        window.Timers.Event = TriggerTimers.None;
        return OnTimer(window, watermark, due, isEventTime: true);
    }

    /// <summary>What the processing-time timer makes the window do; it is no longer set.</summary>
    public TriggerResult OnProcessingTimer(KeyedWindow<TKey, TAcc, TOut> window, long watermark)
    {
        long due = window.Timers.Processing;
        window.Timers.Processing = TriggerTimers.None;
        return OnTimer(window, watermark, due, isEventTime: false);
    }

    /// <summary>Merges what the trigger remembers, where both windows are in the same phase.</summary>
    public void Merge(KeyedWindow<TKey, TAcc, TOut> into, KeyedWindow<TKey, TAcc, TOut> from)
    {
        if (into.IsComplete != from.IsComplete || from.Trigger == TriggerStates<TIn>.None || Of(into) is not { } states)
        {
            return;
        }

        into.Timers = into.Timers.Earliest(from.Timers);
        if (into.Trigger == TriggerStates<TIn>.None)
        {
            (into.Trigger, from.Trigger) = (from.Trigger, TriggerStates<TIn>.None);
            return;
        }

        try
        {
            states.Merge(into.Trigger, from.Trigger);
        }
        catch (Exception exception)
        {
            Report(exception, into);
        }
    }

    /// <summary>Forgets what the trigger remembers for a window, and its timers.</summary>
    public void Reset(KeyedWindow<TKey, TAcc, TOut> window)
    {
        if (window.Trigger != TriggerStates<TIn>.None)
        {
            Of(window)?.Close(window.Trigger);
            window.Trigger = TriggerStates<TIn>.None;
        }

        window.Timers = new TriggerTimers();
    }

    public void DeclareNeeds(StateNeeds needs)
    {
        _early?.DeclareNeeds(needs);
        _late?.DeclareNeeds(needs);
    }

    /// <summary>Writes what the trigger remembers for a window, and its timers.</summary>
    public void Write(ref StateWriter writer, KeyedWindow<TKey, TAcc, TOut> window)
    {
        window.Timers.Write(ref writer);
        bool remembers = window.Trigger != TriggerStates<TIn>.None;
        writer.Write(remembers);
        if (remembers)
        {
            Of(window)!.Write(ref writer, window.Trigger); // Only a trigger opens a state.
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote into a new window.</summary>
    public void Read(ref StateReader reader, KeyedWindow<TKey, TAcc, TOut> window)
    {
        window.Timers = TriggerTimers.Read(ref reader);
        if (reader.ReadBoolean())
        {
            window.Trigger = Of(window)?.Read(ref reader)
                ?? throw StateException.Damaged("a window has no trigger that could remember");
        }
    }

    private TriggerResult OnTimer(
        KeyedWindow<TKey, TAcc, TOut> window, long watermark, long due, bool isEventTime)
    {
        if (Of(window) is not { } states)
        {
            return TriggerResult.Wait;
        }

        TriggerTimers timers = window.Timers;
        try
        {
            Timestamp now = new(watermark), clock = new(context.Clock.Now);
            TriggerResult result = isEventTime
                ? states.OnEventTimer(
                    window.Trigger, new TriggerContext(ref timers, window.Bounds, now, clock, eventAfter: due))
                : states.OnProcessingTimer(
                    window.Trigger, new TriggerContext(ref timers, window.Bounds, now, clock, processingAfter: due));
            window.Timers = timers;
            return result;
        }
        catch (Exception exception)
        {
            return Report(exception, window);
        }
    }

    private TriggerStates<TIn>? Of(KeyedWindow<TKey, TAcc, TOut> window) => window.IsComplete ? _late : _early;

    private TriggerResult Report(Exception exception, KeyedWindow<TKey, TAcc, TOut> window)
    {
        context.Report(exception, null, window.Bounds.MaxTimestamp.Ticks, window.Key?.ToString());
        return TriggerResult.Wait;
    }
}

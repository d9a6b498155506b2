using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>
/// Stands before a window operator and makes it work in processing time: every record gets the time at which it comes,
/// and the watermark is the clock.
/// </summary>
/// <remarks>
/// <para>
/// To the window operator it is event time without disorder: a watermark never lies above a later record, so nothing is
/// late. It is sent when it has come to an instant at which a window can end, before the records that come then; a
/// timer waits for the next such instant. After a long sleep, or a restore, one watermark fires all that is overdue in
/// the order of its instants.
/// </para>
/// <para>
/// Watermarks and silence of event time end here, and so does what is said about the splits of a source, which matters
/// only before event time is given. The end of time passes: then all windows fire.
/// </para>
/// </remarks>
internal sealed class ProcessingTimeOperator<TKey, T>(
    Receiver<KeyedBatch<TKey, T>> windows,
    ProcessingClock clock,
    OperatorContext context) : Operator<KeyedBatch<TKey, T>, KeyedBatch<TKey, T>>(windows, context)
{
    private readonly IHasDueWindows? _due = windows as IHasDueWindows;
    private long _nextBound = long.MinValue;

    public override long NextTimer => Math.Min(base.NextTimer, NextDue);

    private long NextDue => Math.Min(_nextBound, _due?.NextDue ?? long.MaxValue);

    public override bool OnBatch(KeyedBatch<TKey, T> batch)
    {
        long now = clock.Read();
        TellTime();
        Array.Fill(batch.Records.Timestamps, now, 0, batch.Count);
        batch.Records.LateCause = LateCause.BehindWatermark;
        Out.Push(batch);
        return !Out.IsBlocked;
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Watermark when signal.Value == long.MaxValue:
                clock.Read();
                TellTime();
                _nextBound = long.MaxValue;
                Out.Push(signal);
                break;
            case SignalKind.ProcessingTime:
                clock.Read();
                TellTime();
                Out.Push(signal);
                break;
            case SignalKind.End or SignalKind.Drained or SignalKind.Barrier:
                Out.Push(signal);
                break;
        }

        return !Out.IsBlocked;
    }

    private void TellTime()
    {
        // Due windows cannot be asked for while the operator is in the middle of something; it is not when it is given
        // something new.
        if (clock.Now >= NextDue && clock.Now > clock.Told)
        {
            clock.Tell();
            _nextBound = clock.NextBound();
            Out.Push(Signal.Watermark(clock.Now));
        }
    }
}

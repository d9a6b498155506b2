using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>
/// Stands before a window operator and makes it work in processing time: every record gets the time at which it comes,
/// and the watermark is the _clock.
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
internal sealed class ProcessingTimeOperator<TKey, T> : Operator<KeyedBatch<TKey, T>, KeyedBatch<TKey, T>>, IStateful
{
    private readonly ProcessingClock _clock;
    private readonly IHasDueWindows? _due;
    private long _nextBound = long.MinValue;

    public ProcessingTimeOperator(
        Receiver<KeyedBatch<TKey, T>> windows, ProcessingClock clock, OperatorContext context)
        : base(windows, context)
    {
        _clock = clock;
        _due = windows as IHasDueWindows;
        context.Remember(this, "clock");
    }

    public override long NextTimer => Math.Min(base.NextTimer, NextDue);

    public string StateKind => "clock";

    private long NextDue => Math.Min(_nextBound, _due?.NextDue ?? long.MaxValue);

    public override bool OnBatch(KeyedBatch<TKey, T> batch)
    {
        long now = _clock.Read();
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
                _clock.Read();
                TellTime();
                _nextBound = long.MaxValue;
                Out.Push(signal);
                break;
            case SignalKind.ProcessingTime:
                _clock.Read();
                TellTime();
                Out.Push(signal);
                break;
            case SignalKind.End or SignalKind.Drained or SignalKind.Barrier:
                Out.Push(signal);
                break;
        }

        return !Out.IsBlocked;
    }

    public void Declare(StateNeeds needs)
    {
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter writer = snapshot.Own();
        _clock.Write(ref writer);
        writer.Write(_nextBound);
        writer.Flush();
    }

    public void Restore(OperatorState state)
    {
        _nextBound = long.MaxValue;
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader reader = state.Parts[lane].Own();
            _clock.Read(ref reader, isFirst: lane == 0);
            _nextBound = Math.Min(_nextBound, reader.ReadInt64());
        }
    }

    private void TellTime()
    {
        // Due windows cannot be asked for while the operator is in the middle of something; it is not when it is given
        // something new.
        if (_clock.Now >= NextDue && _clock.Now > _clock.Told)
        {
            _clock.Tell();
            _nextBound = _clock.NextBound();
            Out.Push(Signal.Watermark(_clock.Now));
        }
    }
}

using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// What operators over keyed records have in common that are no windows of event time: they take records one by one, do
/// what a signal makes due, and can stop between two results.
/// </summary>
/// <remarks>What a signal makes due goes out before the signal.</remarks>
internal abstract class KeyedOperator<TKey, TIn, TOut>(
    Receiver<Batch<TOut>> next,
    Receiver<Batch<Late<TIn>>>? late,
    OperatorContext context) : Receiver<KeyedBatch<TKey, TIn>>
{
    private readonly Emitter<TOut> _results = new(next, context.BatchSize, context.Counters);
    private readonly LateOutput<TIn> _late = new(late, context);
    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private Signal? _signal;

    public override long NextTimer => Math.Min(_results.NextTimer, _late.NextTimer);

    public override bool HoldsNothing =>
        IsEmpty && _batch is null && _signal is null && _results.HoldsNothing && _late.HoldsNothing;

    /// <summary>Whether no record and no key is held.</summary>
    public abstract bool IsEmpty { get; }

    protected OperatorContext Context { get; } = context;

    protected long Watermark { get; private set; } = long.MinValue;

    protected bool IsBlocked => _results.IsBlocked || _late.IsBlocked;

    public override bool OnBatch(KeyedBatch<TKey, TIn> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        (_batch, _at) = (batch, 0);
        return Continue();
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind == SignalKind.Watermark)
        {
            Watermark = Math.Max(Watermark, signal.Value);
            Context.Counters.Watermark = Watermark;
        }

        _signal = signal;
        return Continue();
    }

    public override bool Resume()
    {
        bool drained = _results.Resume();
        drained &= _late.Resume();
        return drained && Continue();
    }

    /// <summary>Takes one record; it may emit a result or two.</summary>
    protected abstract void Take(KeyedBatch<TKey, TIn> batch, int at);

    /// <summary>
    /// Does what a signal makes due; false where the output is blocked, and then it is called again to go on.
    /// </summary>
    protected abstract bool DoDue(Signal signal);

    /// <summary>Sends a signal on after all that it made due.</summary>
    protected virtual void Pass(Signal signal) => Push(signal);

    /// <summary>Called after the records of a batch have been taken.</summary>
    protected virtual void EndBatch()
    {
    }

    /// <summary>Brings the counters of keys and windows up to date.</summary>
    protected abstract void Count();

    /// <summary>Writes how far event time has come; what such an operator saves begins with it.</summary>
    protected void WriteTime(ref StateWriter writer) => writer.Write(Watermark);

    /// <summary>Reads what <see cref="WriteTime"/> wrote, of each lane; the slowest of them decides.</summary>
    protected void ReadTime(ref StateReader reader, bool isFirst)
    {
        long watermark = reader.ReadInt64();
        Watermark = isFirst ? watermark : Math.Min(Watermark, watermark);
        Context.Counters.Watermark = Watermark;
    }

    protected void Emit(long timestamp, TOut result) => _results.Emit(timestamp, result);

    protected void Push(Signal signal)
    {
        _results.Push(signal);
        _late.Push(signal);
    }

    protected void EmitLate(KeyedBatch<TKey, TIn> batch, int at, Window missed, bool acceptedByOthers) =>
        _late.Emit(batch.Records, at, [missed], acceptedByOthers, Watermark);

    protected void Report(Exception exception, object? record, long timestamp, TKey key) =>
        Context.Report(exception, record, timestamp, key?.ToString());

    private bool Continue() => ContinueBatch() && ContinueSignal() && !IsBlocked;

    private bool ContinueBatch()
    {
        if (_batch is not { } batch)
        {
            return true;
        }

        while (_at < batch.Count)
        {
            Take(batch, _at++);
            if (IsBlocked)
            {
                return false;
            }
        }

        _batch = null;
        batch.Return();
        _results.Flush();
        _late.Flush();
        EndBatch();
        Count();
        return true;
    }

    private bool ContinueSignal()
    {
        if (_signal is { } signal)
        {
            if (!DoDue(signal))
            {
                return false;
            }

            _signal = null;
            Count();
            Pass(signal);
        }

        return true;
    }
}

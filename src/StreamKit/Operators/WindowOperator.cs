using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// What all window operators have in common: rounds of work that can stop between two results, panes, late records.
/// </summary>
/// <remarks>
/// On a watermark: set it, fire what is due in ascending time, remove what is expired, then pass the watermark on.
/// Whatever a round produces goes out before the signal that caused it.
/// </remarks>
internal abstract class WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : Receiver<KeyedBatch<TKey, TIn>>, IHasDueWindows
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly Emitter<WindowResult<TKey, TOut>> _results;
    private readonly LateOutput<TIn> _late;
    private Work _work;
    private Signal _signal;
    private KeyedBatch<TKey, TIn>? _input;
    private long _nextEarly = long.MaxValue;

    protected WindowOperator(
        WindowOptions options,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
    {
        Options = options;
        Aggregator = aggregator;
        Context = context;
        _results = new Emitter<WindowResult<TKey, TOut>>(next, context.BatchSize, context.Counters);
        _late = new LateOutput<TIn>(late, context);
    }

    private enum Work
    {
        None,
        Records,
        Due,
        Early,
    }

    public override long NextTimer =>
        Math.Min(_nextEarly, Math.Min(_results.NextTimer, _late.NextTimer));

    public override bool HoldsNothing =>
        IsEmpty && _input is null && _results.HoldsNothing && _late.HoldsNothing;

    /// <inheritdoc/>
    public virtual long NextDue => long.MaxValue;

    /// <summary>Whether no window and no key is held.</summary>
    public abstract bool IsEmpty { get; }

    protected WindowOptions Options { get; }

    protected TAggregator Aggregator { get; }

    protected OperatorContext Context { get; }

    protected long Watermark { get; private set; } = long.MinValue;

    protected bool IsBlocked => _results.IsBlocked || _late.IsBlocked;

    public override bool OnBatch(KeyedBatch<TKey, TIn> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        _input = batch;
        StartRecords(batch);
        _work = Work.Records;
        return Continue();
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Watermark when signal.Value > Watermark:
                Watermark = signal.Value;
                Context.Counters.Watermark = signal.Value;
                _signal = signal;
                _work = Work.Due;
                return Continue();
            case SignalKind.ProcessingTime when signal.Value >= _nextEarly:
                _nextEarly = long.MaxValue;
                _signal = signal;
                StartEarly();
                _work = Work.Early;
                return Continue();
            default:
                return PushSignal(signal);
        }
    }

    public override bool Resume()
    {
        bool drained = _results.Resume();
        drained &= _late.Resume();
        return drained && Continue();
    }

    /// <summary>Begins with the records of a batch.</summary>
    protected abstract void StartRecords(KeyedBatch<TKey, TIn> batch);

    /// <summary>Goes on adding records until all are added (true) or the output is blocked (false).</summary>
    protected abstract bool AddRecords();

    /// <summary>Goes on firing and removing until nothing is due (true) or the output is blocked (false).</summary>
    protected abstract bool FireDue();

    /// <summary>Begins an early round over the windows that are open now.</summary>
    protected abstract void StartEarly();

    /// <summary>Goes on with the early round until all have fired (true) or the output is blocked (false).</summary>
    protected abstract bool FireEarly();

    /// <summary>Brings the counters of keys and windows up to date.</summary>
    protected abstract void Count();

    /// <summary>Writes how far time has come; what a window operator saves begins with it.</summary>
    protected void WriteTime(ref StateWriter writer)
    {
        writer.Write(Watermark);
        writer.Write(_nextEarly);
    }

    /// <summary>Reads what <see cref="WriteTime"/> wrote, of each lane; the slowest of them decides.</summary>
    protected void ReadTime(ref StateReader reader, bool isFirst)
    {
        long watermark = reader.ReadInt64(), early = reader.ReadInt64();
        Watermark = isFirst ? watermark : Math.Min(Watermark, watermark);
        _nextEarly = isFirst ? early : Math.Min(_nextEarly, early);
        Context.Counters.Watermark = Watermark;
    }

    /// <summary>Writes what the meaning of saved windows depends on.</summary>
    protected void WriteSettings(ref StateWriter writer, params ReadOnlySpan<long> own)
    {
        writer.Write((int)Options.Mode);
        writer.Write(Options.CanRepeat);
        writer.Write(Options.LatenessTicks);
        foreach (long setting in own)
        {
            writer.Write(setting);
        }
    }

    /// <summary>Sees to it that the windows that were saved are those that there are now.</summary>
    protected void ReadSettings(ref StateReader reader, params ReadOnlySpan<long> own)
    {
        bool areSame = reader.ReadInt32() == (int)Options.Mode;
        areSame &= reader.ReadBoolean() == Options.CanRepeat;
        areSame &= reader.ReadInt64() == Options.LatenessTicks;
        foreach (long setting in own)
        {
            areSame &= reader.ReadInt64() == setting;
        }

        if (!areSame)
        {
            throw new StateException(
                "It was saved by windows that were cut, kept or emitted in another way, and would be taken for what it "
                    + "is not: give the step another name, or the windows that it had.");
        }
    }

    /// <summary>The version of the content after one more change; only early firing asks for it.</summary>
    protected void ContentChanged()
    {
        if (Options.EarlyEveryTicks is { } every && _nextEarly == long.MaxValue)
        {
            _nextEarly = TickMath.Add(Context.Clock.Now, every);
        }
    }

    protected void EmitPane(
        ref PaneState<TOut> state,
        TKey key,
        Window window,
        TOut value,
        PaneTiming timing)
    {
        bool isFinal = Watermark >= TickMath.Add(window.EndTime.Ticks, Options.LatenessTicks);
        if (Options.Mode == PaneMode.Retracting)
        {
            if (state.HasLast && EqualityComparer<TOut>.Default.Equals(state.Last, value))
            {
                return;
            }

            RetractPane(ref state, key, window, timing);
            (state.HasLast, state.Last) = (true, value);
        }

        var pane = new Pane(timing, state.Emitted++, isFinal);
        _results.Emit(window.MaxTimestamp.Ticks, new WindowResult<TKey, TOut>(key, window, value, pane));
    }

    /// <summary>Takes the last result back, where one stands.</summary>
    protected void RetractPane(ref PaneState<TOut> state, TKey key, Window window, PaneTiming timing)
    {
        if (state.HasLast)
        {
            var pane = new Pane(timing, state.Emitted - 1, isRetraction: true);
            _results.Emit(window.MaxTimestamp.Ticks, new WindowResult<TKey, TOut>(key, window, state.Last, pane));
            state.HasLast = false;
        }
    }

    protected void EmitLate(KeyedBatch<TKey, TIn> batch, int at, List<Window> missed, bool acceptedByOthers) =>
        _late.Emit(batch.Records, at, missed, acceptedByOthers, Watermark);

    // Aggregated before the exchange, one record stands for several.
    protected static int RecordsIn(KeyedBatch<TKey, TIn> batch, int at) =>
        batch.Records.Values[at] is IRecords several ? several.Count : 1;

    protected void Report(Exception exception, TKey key, long timestamp, object? record = null) =>
        Context.Report(exception, record, timestamp, key?.ToString());

    private bool Continue()
    {
        bool done = _work switch
        {
            Work.Records => AddRecords(),
            Work.Due => FireDue(),
            Work.Early => FireEarly(),
            _ => true,
        };
        if (!done)
        {
            return false;
        }

        Work finished = _work;
        _work = Work.None;
        switch (finished)
        {
            case Work.Records:
                _input?.Return();
                _input = null;
                _results.Flush();
                _late.Flush();
                break;
            case Work.Due:
            case Work.Early:
                Count();
                PushSignal(_signal);
                break;
        }

        return !IsBlocked;
    }

    private bool PushSignal(Signal signal)
    {
        _results.Push(signal);
        _late.Push(signal);
        return !IsBlocked;
    }
}

using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates per key so many records at a time, in the order in which they arrive.</summary>
/// <remarks>
/// A window fires on the record that fills it. Its result has the largest event time of its records, which is not
/// behind the watermark unless that record is; so what is held holds no watermark back. A window that the end of the
/// stream cuts off ends where event time ends, for the same reason.
/// </remarks>
internal sealed class CountWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : KeyedOperator<TKey, TIn, WindowResult<TKey, TOut>>, IStateful
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly CountAssigner _windows;
    private readonly TAggregator _aggregator;
    private readonly KeyTable<TKey, CountedRecords<TAcc, TAggregator>> _keys = new();
    private readonly SlidingForm _form;
    private readonly int _run;

    // So many records at the start of each round belong to no window.
    private readonly int _gap;
    private int _ending;

    public CountWindowOperator(
        CountAssigner windows,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        OperatorContext context)
        : base(next, null, context)
    {
        (_windows, _aggregator, _form) = (windows, aggregator, aggregator.SlidingForm);
        _run = windows.Overlaps ? (int)TickMath.Gcd(windows.Size, windows.Every) : windows.Size;
        _gap = Math.Max(0, windows.Every - windows.Size);
        context.Remember(this);
    }

    public string StateKind => "count windows";

    public override bool IsEmpty => _keys.Count == 0;

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        _aggregator.DeclareNeeds(needs);
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        WriteTime(ref own);
        own.Write(_windows.Size);
        own.Write(_windows.Every);
        own.Flush();

        // What the end of the stream cuts off comes in the order of the table.
        KeyHasher<TKey> hasher = KeyHashers.For<TKey>();
        for (int i = 0; i < _keys.Count; i++)
        {
            ref KeyTable<TKey, CountedRecords<TAcc, TAggregator>>.Entry entry = ref _keys.At(i);
            StateWriter writer = snapshot.Group(hasher.Hash(entry.Key, Context.HashSeed));
            writer.Write(i);
            writer.Payload(writer.Schema<TKey>(), in entry.Key);
            entry.Value.Write(ref writer);
            writer.Flush();
        }
    }

    public void Restore(OperatorState state)
    {
        var saved = new List<(int Index, TKey Key, ulong Hash, CountedRecords<TAcc, TAggregator> Records)>();
        var keys = new SavedKeys<TKey>(Context.HashSeed);
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader own = state.Parts[lane].Own();
            ReadTime(ref own, isFirst: lane == 0);
            if ((own.ReadInt32(), own.ReadInt32()) != (_windows.Size, _windows.Every))
            {
                throw new StateException("It was saved by windows of another size: give the step another name.");
            }
        }

        state.ReadGroups((ref reader, group) =>
        {
            int index = reader.ReadInt32();
            TKey key = keys.Read(ref reader, reader.Schema<TKey>(), group, out ulong hash);
            var records = new CountedRecords<TAcc, TAggregator>(_aggregator, _form);
            records.Read(ref reader);
            saved.Add((index, key, hash, records));
        });

        // Several lanes, each with an order of its own: first what they say, then the order of the lanes.
        foreach ((_, TKey key, ulong hash, CountedRecords<TAcc, TAggregator> records) in
            saved.OrderBy(static one => one.Index))
        {
            int at = _keys.FindOrAdd(key, hash, out bool added);
            _keys.At(at).Value = added ? records : throw StateException.Damaged("a key is there twice");
        }

        Count();
    }

    protected override void Take(KeyedBatch<TKey, TIn> batch, int at)
    {
        int index = _keys.FindOrAdd(batch.Keys[at], batch.Hashes[at], out bool added);
        ref CountedRecords<TAcc, TAggregator> records = ref _keys.At(index).Value;
        if (added)
        {
            records = new(_aggregator, _form);
        }

        if (records.Count % _windows.Every < _gap)
        {
            Context.Counters.UnassignedRecords++;
            records.Count++;
        }
        else if (TryAdd(records, batch, at))
        {
            Advance(records, batch.Keys[at], index);
        }
        else if (added)
        {
            _keys.RemoveAt(index);
        }
    }

    protected override bool DoDue(Signal signal)
    {
        if (signal is not { Kind: SignalKind.Watermark, Value: long.MaxValue })
        {
            return true;
        }

        while (_ending < _keys.Count && _windows.Partial == PartialWindows.Emit)
        {
            ref KeyTable<TKey, CountedRecords<TAcc, TAggregator>>.Entry entry = ref _keys.At(_ending++);
            CutOff(entry.Value, entry.Key);
            if (IsBlocked)
            {
                return false;
            }
        }

        _ending = 0;
        _keys.Clear();
        return true;
    }

    protected override void Count()
    {
        Context.Counters.Keys = _keys.Count;
        Context.Counters.OpenWindows = _keys.Count;
    }

    // False where the aggregator refused the record, which then counts as never come.
    private bool TryAdd(CountedRecords<TAcc, TAggregator> records, KeyedBatch<TKey, TIn> batch, int at)
    {
        long timestamp = batch.Records.Timestamps[at];
        TAcc before = records.Open;
        try
        {
            _aggregator.Add(ref records.Open, in batch.Records.Values[at], timestamp);
        }
        catch (Exception exception)
        {
            records.Open = before;
            Report(exception, batch.Records.Values[at], timestamp, batch.Keys[at]);
            return false;
        }

        records.OpenExtent = records.OpenExtent.With(timestamp);
        records.OpenCount++;
        records.Count++;
        return true;
    }

    private void Advance(CountedRecords<TAcc, TAggregator> records, TKey key, int index)
    {
        if (records.OpenCount < _run)
        {
            return;
        }

        if (!_windows.Overlaps)
        {
            Emit(records, key, isCutOff: false);
            _keys.RemoveAt(index);
            return;
        }

        long number = records.Count / _run;
        records.ForgetRunsBefore(number - (_windows.Size / _run));
        records.CloseRun(number - 1);
        bool isFull = records.Count >= _windows.Size;
        if (records.Count % _windows.Every == 0 && (isFull || _windows.Partial == PartialWindows.Emit))
        {
            Emit(records, key, isCutOff: false);
        }
    }

    // The window that would have come next, without the records that will not come.
    private void CutOff(CountedRecords<TAcc, TAggregator> records, TKey key)
    {
        long since = records.Count % _windows.Every;
        if (since > _gap)
        {
            long end = records.Count - since + _windows.Every;
            records.ForgetRunsBefore(Math.Max(0, end - _windows.Size) / _run);
            Emit(records, key, isCutOff: true);
        }
    }

    private void Emit(CountedRecords<TAcc, TAggregator> records, TKey key, bool isCutOff)
    {
        Extent extent = records.TotalExtent();
        bool hasEventTime = extent.First != long.MinValue;
        Window window = Window.OfTicks(extent.First, hasEventTime && !isCutOff ? extent.Last + 1 : long.MaxValue);
        TOut value;
        try
        {
            TAcc total = records.Total();
            value = _aggregator.Result(in total);
        }
        catch (Exception exception)
        {
            Report(exception, null, window.MaxTimestamp.Ticks, key);
            return;
        }

        var pane = new Pane(PaneTiming.OnTime, 0, isFinal: true);
        Emit(window.MaxTimestamp.Ticks, new WindowResult<TKey, TOut>(key, window, value, pane));
    }
}

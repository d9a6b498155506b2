using StreamKit.Records;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// Passes the results of windows of one size on and adds one for every window that closes without a result for a key
/// that had one a short time ago.
/// </summary>
/// <remarks>
/// A key is looked at once for each window that it fills or has a result in, and then waits for the end of its next
/// one; when there is nothing left to fill it waits for its next result. So a watermark that jumps causes as many steps
/// as results, however far it jumps. A result that comes after its gap was filled takes the place of what filled it,
/// and what fills the gaps after it is corrected at once.
/// </remarks>
internal sealed partial class FillGapsOperator<TKey, TValue> : Receiver<KeyedBatch<TKey, WindowResult<TKey, TValue>>>
{
    private readonly GapOptions<TKey, TValue> _options;
    private readonly OperatorContext _context;
    private readonly Emitter<WindowResult<TKey, TValue>> _emitter;
    private readonly KeyTable<TKey, KeyGaps<TKey, TValue>> _keys = new();
    private readonly SortedDictionary<long, List<(KeyGaps<TKey, TValue> Key, long Turn)>> _due = [];
    private readonly long _size;
    private readonly long _every;
    private readonly long _endsAt;
    private long _watermark = long.MinValue;

    // Where the work stands: in a batch, in the corrections after one of its results, in the keys due at an instant.
    private KeyedBatch<TKey, WindowResult<TKey, TValue>>? _input;
    private int _at;
    private KeyGaps<TKey, TValue>? _correcting;
    private long _corrected;
    private Signal? _round;
    private List<(KeyGaps<TKey, TValue> Key, long Turn)>? _turn;
    private long _turnTime;
    private int _turnAt;
    private long _turns;

    public FillGapsOperator(
        GapOptions<TKey, TValue> options,
        Receiver<Batch<WindowResult<TKey, TValue>>> next,
        OperatorContext context)
    {
        _options = options;
        _context = context;
        _emitter = new(next, context.BatchSize, context.Counters);
        _size = options.Windows.SizeTicks;
        _every = options.Windows.EveryTicks;
        _endsAt = TickMath.FloorMod(
            TickMath.FloorMod(options.Windows.OffsetTicks, _every) - _every + TickMath.FloorMod(_size, _every), _every);
        context.Remember(this);
    }

    public override long NextTimer => _emitter.NextTimer;

    public override bool HoldsNothing =>
        _keys.Count == 0 && _due.Count == 0 && _input is null && _round is null && _emitter.HoldsNothing;

    public override bool OnBatch(KeyedBatch<TKey, WindowResult<TKey, TValue>> batch)
    {
        _context.Counters.RecordsIn += batch.Count;
        _emitter.Follow(batch.Records);
        (_input, _at) = (batch, 0);
        return Continue();
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind == SignalKind.Watermark && signal.Value > _watermark)
        {
            _watermark = signal.Value;
            _context.Counters.Watermark = signal.Value;
            _round = signal;
            return Continue();
        }

        _emitter.Push(signal);
        return !_emitter.IsBlocked;
    }

    public override bool Resume() => _emitter.Resume() && Continue();

    private bool Continue()
    {
        if (_input is { } input)
        {
            if (!TakeAll(input))
            {
                return false;
            }

            _input = null;
            input.Return();
            _emitter.Flush();
        }
        else if (_round is { } signal)
        {
            if (!FillDue())
            {
                return false;
            }

            _round = null;
            _context.Counters.Keys = _keys.Count;
            _emitter.Push(signal);
        }

        return !_emitter.IsBlocked;
    }

    private bool TakeAll(KeyedBatch<TKey, WindowResult<TKey, TValue>> input)
    {
        while (true)
        {
            if (_correcting is { } key)
            {
                if (!Correct(key))
                {
                    return false;
                }

                _correcting = null;
                Schedule(key, LastEndUpTo(_watermark));
            }

            if (_at == input.Count)
            {
                return true;
            }

            Take(input, _at);
            _at++;
            if (_emitter.IsBlocked)
            {
                return false;
            }
        }
    }

    private void Take(KeyedBatch<TKey, WindowResult<TKey, TValue>> input, int at)
    {
        WindowResult<TKey, TValue> result = input.Records.Values[at];
        (long start, long end) = (result.Window.StartTime.Ticks, result.Window.EndTime.Ticks);
        if (start == long.MinValue || end == long.MaxValue)
        {
            // Cut off by the end of event time, so it has no neighbours at the usual distance.
            _emitter.Emit(input.Records.Timestamps[at], result);
            return;
        }

        if (unchecked(end - start) != _size || TickMath.FloorMod(end, _every) != _endsAt)
        {
            _context.Report(
                new InvalidOperationException(
                    $"'{_context.Name}' fills the gaps between windows of {new TimeSpan(_size)} every "
                    + $"{new TimeSpan(_every)}, but was given a result of {result.Window}."),
                result,
                input.Records.Timestamps[at],
                input.Keys[at]?.ToString());
            return;
        }

        ulong hash = input.Hashes[at];
        if (result.Pane.IsRetraction)
        {
            // What is taken back has its replacement right behind it, so nothing else changes.
            int index = _keys.Find(input.Keys[at], (uint)hash);
            Pass(in result, index < 0 ? null : _keys.At(index).Value.At(end));
            return;
        }

        ref KeyGaps<TKey, TValue>? known = ref _keys.At(_keys.FindOrAdd(input.Keys[at], hash, out bool isNew)).Value!;
        if (isNew)
        {
            known = new KeyGaps<TKey, TValue>(input.Keys[at], hash) { IsQuiet = true };
        }

        TakeOwn(known, in result, end);
    }

    private void TakeOwn(KeyGaps<TKey, TValue> key, in WindowResult<TKey, TValue> result, long end)
    {
        KeyGaps<TKey, TValue>.Entry entry = key.At(end) ?? key.Add(end);
        if (entry is { IsOwn: false, Fills: > 0 } && _options.Retracts)
        {
            Retract(entry);
        }

        (entry.IsOwn, entry.Result) = (true, result);
        Pass(in result, entry);
        if (end <= _watermark)
        {
            (_correcting, _corrected) = (key, end);
        }
        else if (key.IsQuiet || key.DueAt > TickMath.Add(end, _every))
        {
            Schedule(key, LastEndUpTo(_watermark));
        }
    }

    // What was put into the gap came before, and is counted by the index.
    private void Pass(in WindowResult<TKey, TValue> result, KeyGaps<TKey, TValue>.Entry? entry)
    {
        Pane pane = result.Pane;
        _emitter.Emit(result.Window.MaxTimestamp.Ticks, entry is null or { Fills: 0 } ? result : new(
            result.Key,
            result.Window,
            result.Value,
            new Pane(pane.Timing, pane.Index + entry.Fills, pane.IsFinal, pane.IsRetraction, pane.IsFilled)));
    }

    // Fills the closed windows after a late result again, up to the next one that has a result of its own.
    private bool Correct(KeyGaps<TKey, TValue> key)
    {
        while (true)
        {
            long end = TickMath.Add(_corrected, _every);
            if (end == long.MaxValue || end > _watermark || key.At(end) is { IsOwn: true }
                || key.LastOwn(end) is not { } last || end > TickMath.Add(last.End, _options.SeenWithinTicks))
            {
                return true;
            }

            _corrected = end;
            Fill(key, last, end, PaneTiming.Late);
            if (_emitter.IsBlocked)
            {
                return false;
            }
        }
    }

    // Goes on with the keys that are due, in the order of their windows' ends; false when the output is blocked.
    private bool FillDue()
    {
        while (true)
        {
            if (_turn is { } turn && _turnAt < turn.Count)
            {
                (KeyGaps<TKey, TValue> key, long number) = turn[_turnAt++];
                if (key.Turn == number)
                {
                    Look(key);
                    if (_emitter.IsBlocked)
                    {
                        return false;
                    }
                }

                continue;
            }

            if (_turn is not null)
            {
                _due.Remove(_turnTime);
                _turn = null;
            }

            if (!TryNextTurn())
            {
                return true;
            }
        }
    }

    private bool TryNextTurn()
    {
        foreach ((long time, List<(KeyGaps<TKey, TValue> Key, long Turn)> keys) in _due)
        {
            if (time <= _watermark)
            {
                (_turn, _turnTime, _turnAt) = (keys, time, 0);
                return true;
            }

            return false;
        }

        return false;
    }

    private void Look(KeyGaps<TKey, TValue> key)
    {
        if (key.IsQuiet)
        {
            Remove(key);
            return;
        }

        if (key.At(_turnTime) is not { IsOwn: true } && key.LastOwn(_turnTime) is { } last
            && _turnTime <= TickMath.Add(last.End, _options.SeenWithinTicks))
        {
            Fill(key, last, _turnTime, PaneTiming.OnTime);
        }

        Schedule(key, _turnTime);
    }

    // Says when a key of which everything up to an end is decided is looked at next.
    private void Schedule(KeyGaps<TKey, TValue> key, long decided)
    {
        key.Forget(Math.Min(decided, TickMath.Add(_watermark, -_options.LatenessTicks)));
        long next = TickMath.Add(decided, _every);
        if (key.LastOwn(decided) is not { } last || next > TickMath.Add(last.End, _options.SeenWithinTicks))
        {
            // The windows up to the next result are not filled, and that one needs nothing.
            next = key.NextOwn(decided) is { } own ? TickMath.Add(own.End, _every) : long.MaxValue;
        }

        key.IsQuiet = next == long.MaxValue;
        long due = key.IsQuiet ? TickMath.Add(key.LastEnd, _options.LatenessTicks) : next;
        if (key.IsQuiet && due <= _watermark)
        {
            Remove(key);
        }
        else if (key.DueAt != due)
        {
            key.DueAt = due;
            AddDue(key);
        }
    }

    private void AddDue(KeyGaps<TKey, TValue> key)
    {
        if (!_due.TryGetValue(key.DueAt, out List<(KeyGaps<TKey, TValue> Key, long Turn)>? keys))
        {
            keys = [];
            _due.Add(key.DueAt, keys);
        }

        key.Turn = _turns++;
        keys.Add((key, key.Turn));
    }

    private void Remove(KeyGaps<TKey, TValue> key)
    {
        (key.DueAt, key.Turn) = (long.MinValue, -1);
        _keys.RemoveAt(_keys.Find(key.Key, (uint)key.Hash));
    }

    private void Fill(KeyGaps<TKey, TValue> key, KeyGaps<TKey, TValue>.Entry last, long end, PaneTiming timing)
    {
        Window window = Window.OfTicks(end - _size, end);
        TValue value;
        try
        {
            value = _options.Fill(last.Result, window);
        }
        catch (Exception exception)
        {
            _context.Report(exception, last.Result, window.MaxTimestamp.Ticks, key.Key?.ToString());
            return;
        }

        bool canChange = _watermark < TickMath.Add(end, _options.LatenessTicks);
        KeyGaps<TKey, TValue>.Entry? entry = key.At(end);
        if (entry is { Fills: > 0 })
        {
            if (EqualityComparer<TValue>.Default.Equals(entry.Result.Value, value))
            {
                return;
            }

            if (_options.Retracts)
            {
                Retract(entry);
            }
        }

        var pane = new Pane(timing, entry?.Fills ?? 0, isFinal: !canChange, isFilled: true);
        var result = new WindowResult<TKey, TValue>(last.Result.Key, window, value, pane);
        if (canChange)
        {
            entry ??= key.Add(end);
            entry.Fills++;
            entry.Result = result;
        }

        _emitter.Emit(window.MaxTimestamp.Ticks, result);
    }

    private void Retract(KeyGaps<TKey, TValue>.Entry entry)
    {
        WindowResult<TKey, TValue> last = entry.Result;
        var pane = new Pane(PaneTiming.Late, entry.Fills - 1, isRetraction: true, isFilled: true);
        _emitter.Emit(
            last.Window.MaxTimestamp.Ticks, new WindowResult<TKey, TValue>(last.Key, last.Window, last.Value, pane));
    }

    // The last end of a window that the watermark has reached.
    private long LastEndUpTo(long watermark) => TickMath.AlignedStart(watermark, _every, _endsAt);
}

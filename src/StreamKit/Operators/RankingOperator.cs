using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Ranks the results of each window and keeps the best.</summary>
/// <remarks>
/// A ranking is emitted when the watermark has passed the window's end, again when a late result changes the window,
/// and, where the windows before fire early, with the same period while they are open.
/// </remarks>
internal sealed class RankingOperator<TKey, TValue, TRank> : Receiver<Batch<WindowResult<TKey, TValue>>>, IStateful
    where TKey : notnull
{
    private readonly RankingOptions<TKey, TValue, TRank> _options;
    private readonly OperatorContext _context;
    private readonly Emitter<WindowRanking<TKey, TValue>> _emitter;
    private readonly SortedDictionary<Window, Ranking<TKey, TValue, TRank>> _open = [];
    private readonly List<Ranking<TKey, TValue, TRank>> _withdrawn = [];
    private long _watermark = long.MinValue;
    private long _nextEarly = long.MaxValue;

    public RankingOperator(
        RankingOptions<TKey, TValue, TRank> options,
        Receiver<Batch<WindowRanking<TKey, TValue>>> next,
        OperatorContext context)
    {
        (_options, _context) = (options, context);
        _emitter = new Emitter<WindowRanking<TKey, TValue>>(next, context.BatchSize, context.Counters);
        context.Remember(this);
    }

    public override long NextTimer => Math.Min(_nextEarly, _emitter.NextTimer);

    public string StateKind => "ranking";

    public override bool HoldsNothing => _open.Count == 0 && _emitter.HoldsNothing;

    public override bool OnBatch(Batch<WindowResult<TKey, TValue>> batch)
    {
        _context.Counters.RecordsIn += batch.Count;
        foreach (ref readonly WindowResult<TKey, TValue> result in batch.Values.AsSpan(0, batch.Count))
        {
            Take(in result);
        }

        batch.Return();
        _emitter.Flush();
        return !_emitter.IsBlocked;
    }

    public override bool OnSignal(Signal signal)
    {
        SayWithdrawn(signal);
        switch (signal.Kind)
        {
            case SignalKind.Watermark:
                _watermark = Math.Max(_watermark, signal.Value);
                _context.Counters.Watermark = _watermark;
                Close();
                break;
            case SignalKind.ProcessingTime when signal.Value >= _nextEarly:
                _nextEarly = long.MaxValue;
                foreach (Ranking<TKey, TValue, TRank> ranking in _open.Values.Where(static r => r.IsDirty))
                {
                    Emit(ranking, PaneTiming.Early);
                }

                break;
        }

        _context.Counters.OpenWindows = _open.Count;
        _emitter.Push(signal);
        return !_emitter.IsBlocked;
    }

    public override bool Resume() => _emitter.Resume();

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        needs.Add<TValue>();
    }

    // Results of all keys meet here, so there is one lane, and nothing in key groups.
    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        own.Write(_watermark);
        own.Write(_nextEarly);
        own.Write(_open.Count);
        foreach (Ranking<TKey, TValue, TRank> ranking in _open.Values)
        {
            ranking.Write(ref own);
            own.Write(_withdrawn.IndexOf(ranking));
        }

        own.Flush();
    }

    public void Restore(OperatorState state)
    {
        StateReader own = state.Parts.Single().Own();
        (_watermark, _nextEarly) = (own.ReadInt64(), own.ReadInt64());
        int count = own.ReadCount();
        var withdrawn = new SortedList<int, Ranking<TKey, TValue, TRank>>();
        for (int i = 0; i < count; i++)
        {
            var ranking = Ranking<TKey, TValue, TRank>.Read(ref own, _options);
            int place = own.ReadInt32();
            if (!_open.TryAdd(ranking.Window, ranking) || (place >= 0 && !withdrawn.TryAdd(place, ranking)))
            {
                throw StateException.Damaged("a window is ranked twice");
            }
        }

        _withdrawn.AddRange(withdrawn.Values);
        _context.Counters.Watermark = _watermark;
        _context.Counters.OpenWindows = _open.Count;
    }

    private void Take(in WindowResult<TKey, TValue> result)
    {
        if (!_open.TryGetValue(result.Window, out Ranking<TKey, TValue, TRank>? ranking))
        {
            ranking = new(result.Window, _options);
            _open.Add(result.Window, ranking);
        }

        try
        {
            ranking.Take(in result);
        }
        catch (Exception exception)
        {
            _context.Report(exception, result, result.Window.MaxTimestamp.Ticks, result.Key.ToString());
            return;
        }

        ranking.IsDirty = true;
        if (_options.EarlyEveryTicks is { } every && _nextEarly == long.MaxValue)
        {
            _nextEarly = TickMath.Add(_context.Clock.Now, every);
        }

        if (_watermark >= ranking.Window.EndTime.Ticks)
        {
            SayLate(ranking, result.Pane.IsRetraction);
        }
    }

    // Each late result is one ranking, however results are cut into batches. A retraction mostly has its replacement
    // right
    // behind it; where a session was merged away nothing follows, and the next signal says what is left.
    private void SayLate(Ranking<TKey, TValue, TRank> ranking, bool isRetraction)
    {
        if (!isRetraction)
        {
            Emit(ranking, PaneTiming.Late);
        }
        else if (!_withdrawn.Contains(ranking))
        {
            _withdrawn.Add(ranking);
        }
    }

    private void SayWithdrawn(Signal signal)
    {
        // A barrier is none of the input's, and what comes out must not depend on it.
        if (signal.IsLocal || signal.Kind == SignalKind.Barrier)
        {
            return;
        }

        foreach (Ranking<TKey, TValue, TRank> ranking in _withdrawn.Where(static r => r.IsDirty))
        {
            Emit(ranking, PaneTiming.Late);
        }

        _withdrawn.Clear();
    }

    // Windows are ordered by end, so what is due lies at the front.
    private void Close()
    {
        List<Window> gone = [];
        foreach (Ranking<TKey, TValue, TRank> ranking in _open.Values)
        {
            if (ranking.Window.EndTime.Ticks > _watermark)
            {
                break;
            }

            if (!ranking.IsComplete)
            {
                ranking.IsComplete = true;
                Emit(ranking, PaneTiming.OnTime);
            }

            if (IsExpired(ranking.Window))
            {
                gone.Add(ranking.Window);
            }
        }

        gone.ForEach(window => _open.Remove(window));
    }

    private bool IsExpired(Window window) => _watermark >= TickMath.Add(window.EndTime.Ticks, _options.LatenessTicks);

    private void Emit(Ranking<TKey, TValue, TRank> ranking, PaneTiming timing)
    {
        ranking.IsDirty = false;
        ranking.IsComplete |= timing == PaneTiming.Late;
        var pane = new Pane(timing, ranking.Emitted++, IsExpired(ranking.Window));
        _emitter.Emit(
            ranking.Window.MaxTimestamp.Ticks,
            new WindowRanking<TKey, TValue>(ranking.Window, ranking.Best(), pane));
    }
}

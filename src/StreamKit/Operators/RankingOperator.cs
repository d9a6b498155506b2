using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Ranks the results of each window and keeps the best.</summary>
/// <remarks>
/// A ranking is emitted when the watermark has passed the window's end, again when a late result changes the window,
/// and, where the windows before fire early, with the same period while they are open.
/// </remarks>
internal sealed class RankingOperator<TKey, TValue, TRank>(
    RankingOptions<TKey, TValue, TRank> options,
    Receiver<Batch<WindowRanking<TKey, TValue>>> next,
    OperatorContext context) : Receiver<Batch<WindowResult<TKey, TValue>>>
    where TKey : notnull
{
    private readonly Emitter<WindowRanking<TKey, TValue>> _emitter = new(next, context.BatchSize, context.Counters);
    private readonly SortedDictionary<Window, Ranking<TKey, TValue, TRank>> _open = [];
    private readonly List<Ranking<TKey, TValue, TRank>> _withdrawn = [];
    private long _watermark = long.MinValue;
    private long _nextEarly = long.MaxValue;

    public override long NextTimer => Math.Min(_nextEarly, _emitter.NextTimer);

    public override bool HoldsNothing => _open.Count == 0 && _emitter.HoldsNothing;

    public override bool OnBatch(Batch<WindowResult<TKey, TValue>> batch)
    {
        context.Counters.RecordsIn += batch.Count;
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
                context.Counters.Watermark = _watermark;
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

        context.Counters.OpenWindows = _open.Count;
        _emitter.Push(signal);
        return !_emitter.IsBlocked;
    }

    public override bool Resume() => _emitter.Resume();

    private void Take(in WindowResult<TKey, TValue> result)
    {
        if (!_open.TryGetValue(result.Window, out Ranking<TKey, TValue, TRank>? ranking))
        {
            ranking = new(result.Window, options);
            _open.Add(result.Window, ranking);
        }

        try
        {
            ranking.Take(in result);
        }
        catch (Exception exception)
        {
            context.Report(exception, result, result.Window.MaxTimestamp.Ticks, result.Key.ToString());
            return;
        }

        ranking.IsDirty = true;
        if (options.EarlyEveryTicks is { } every && _nextEarly == long.MaxValue)
        {
            _nextEarly = TickMath.Add(context.Clock.Now, every);
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
        if (signal.IsLocal)
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

    private bool IsExpired(Window window) => _watermark >= TickMath.Add(window.EndTime.Ticks, options.LatenessTicks);

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

using StreamKit.Serialization;

namespace StreamKit.Operators;

/// <content>What of it leaves memory when there is too much, and how much there is.</content>
internal sealed partial class SlicedWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
{
    private long _fitted;

    protected override void Count()
    {
        FitIntoMemory();
        Context.Counters.OpenWindows = _store.WindowCount;
        (Context.Counters.Keys, long bytes, Context.Counters.SpilledBytes) = _store.Measure();
        Context.Counters.StateBytes = bytes + _firing.Bytes;
        SayWhatClosesNext();
    }

    // A window that speaks again remembers what it said of each key, and looks for single keys: it stays in memory.
    private SpillingSlices<TKey, TAcc, TOut, TAggregator>? OpenSpilling()
    {
        if (Context.Space is not { } space || Options.CanRepeat)
        {
            return null;
        }

        var needs = new StateNeeds(space.Types);
        Declare(needs);
        if (needs.Missing.Count > 0)
        {
            space.Miss(Context.Name, needs.Missing);
            return null;
        }

        return new(Aggregator, _store, space, Context);
    }

    // Between two watermarks tables only grow, and they do where keys are added.
    private void FitAddedIntoMemory()
    {
        if (_fitted != _filler.Added)
        {
            _fitted = _filler.Added;
            FitIntoMemory();
        }
    }

    private void FitIntoMemory() => _spilling?.Fit(_firing.Bytes, GoByGroups);

    private long GoByGroups()
    {
        _firing.GoByGroups();
        return _firing.Bytes;
    }

    // What fires on time may need as much memory again as its slices, unless its key groups are walked one by one.
    private void StartOnTime(OpenWindow<TKey, TAcc, TOut> window)
    {
        if (_spilling is not null && _spilling.WouldSpill(_firing.BytesToFire(window)))
        {
            _firing.GoByGroups();
        }

        _firing.StartOnTime(window);
    }
}

using System.Diagnostics;
using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates per key and window, where windows are runs of slices: tumbling, hopping, global.</summary>
/// <remarks>
/// The slice of the last record is cached with its bounds, so the common record costs a comparison, a probe and the
/// aggregator. Only a record that is behind the end of some window over its slice takes the way through
/// <see cref="AddBehind"/>, which decides window by window.
/// </remarks>
internal sealed partial class SlicedWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly SlicedAssigner _assigner;
    private readonly SliceStore<TKey, TAcc, TOut> _store;
    private readonly bool _shared;
    private readonly bool _followsVersions;
    private readonly bool _remembersPanes;
    private readonly SliceFiller<TKey, TIn, TAcc, TOut, TAggregator> _filler;
    private readonly WindowFiring<TKey, TIn, TAcc, TOut, TAggregator> _firing;
    private readonly Queue<OpenWindow<TKey, TAcc, TOut>> _early = new();
    private readonly List<Window> _windows = [];
    private readonly List<Window> _missed = [];
    private readonly List<OpenWindow<TKey, TAcc, TOut>> _complete = [];
    private readonly LateTotals<TKey, TIn, TAcc, TOut, TAggregator> _lateTotals;
    private readonly SpillingSlices<TKey, TAcc, TOut, TAggregator>? _spilling;

    private long _noted;

    public SlicedWindowOperator(
        WindowOptions options,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
        : base(options, aggregator, next, late, context)
    {
        _assigner = (SlicedAssigner)options.Assigner;

        // Each window keeps its own content where it is emptied by firing; slices cannot then be shared.
        _shared = _assigner.IsPartition || options.Mode != PaneMode.Discarding || !options.CanRepeat;
        _followsVersions = options.EarlyEveryTicks is not null;
        _remembersPanes = options.CanRepeat;
        _lateTotals = new(aggregator);
        _filler = new(aggregator, _followsVersions, Overlaps, context);
        _firing = new(aggregator, Overlaps, _followsVersions, context);
        _store = new(_assigner, options.LatenessTicks, _shared, _firing.Leave);
        _spilling = OpenSpilling();
        context.Remember(this);
    }

    public override bool IsEmpty => _store.WindowCount == 0;

    protected override bool FireDue()
    {
        _sliceLength = 0;
        while (true)
        {
            if (_firing.Window is { } window)
            {
                if (!Emit(window, PaneTiming.OnTime))
                {
                    return false;
                }

                Complete(window);
            }
            else if (!_store.TryTakeDue(Watermark, out OpenWindow<TKey, TAcc, TOut> due))
            {
                return true;
            }
            else if (due.IsComplete)
            {
                _store.Remove(due);
            }
            else
            {
                due.IsComplete = true;
                StartOnTime(due);
            }
        }
    }

    protected override void StartEarly()
    {
        foreach (OpenWindow<TKey, TAcc, TOut> window in
            _store.Windows.Where(static w => !w.IsComplete).OrderBy(static w => w.Bounds))
        {
            _early.Enqueue(window);
        }
    }

    protected override bool FireEarly()
    {
        while (true)
        {
            if (_firing.Window is { } window)
            {
                if (!Emit(window, PaneTiming.Early))
                {
                    return false;
                }

                _firing.Stop();
            }
            else if (_early.TryDequeue(out OpenWindow<TKey, TAcc, TOut>? next))
            {
                _firing.StartEarly(next);
            }
            else
            {
                return true;
            }
        }
    }

    // For whoever asks why no window has closed. The global window closes at the end, for which nobody waits.
    private void SayWhatClosesNext()
    {
        Window? next = _assigner is GlobalAssigner ? null : _store.NextToClose;
        Context.Counters.SetNext(next?.StartTime.Ticks ?? long.MinValue, next?.EndTime.Ticks ?? long.MaxValue);
    }

    // Early results are due some time after the first change.
    private void NoteChanges()
    {
        if (_noted != _filler.Version)
        {
            _noted = _filler.Version;
            ContentChanged();
        }
    }

    // The windows that are complete already say at once what the record changed.
    private void FireLate(List<Window> windows, KeyedBatch<TKey, TIn> batch, int at)
    {
        _complete.Clear();
        foreach (Window bounds in windows)
        {
            if (Watermark >= bounds.EndTime.Ticks && _store.FindWindow(bounds) is { } window)
            {
                Debug.Assert(window.IsComplete, "a window that the watermark has passed is complete");
                _complete.Add(window);
            }
        }

        TKey key = batch.Keys[at];
        ulong hash = batch.Hashes[at];
        bool inOne = _shared && _complete.Count > 1 && _store.Find(_assigner.SliceOf(batch.Records.Timestamps[at]))
            is { } slice && _lateTotals.TryCombine(_complete, slice, key, (uint)hash);
        for (int i = 0; i < _complete.Count; i++)
        {
            TAcc combined = inOne ? _lateTotals[i] : default!; // Else it is combined here.
            if (inOne || _firing.TryCombine(_complete[i], key, hash, out combined))
            {
                EmitPane(_complete[i], key, (uint)hash, combined, _filler.Version, PaneTiming.Late);
            }
        }

        _lateTotals.Clear();
    }

    // Emits the keys of the window that is firing, from where it stopped; false when the output is blocked.
    private bool Emit(OpenWindow<TKey, TAcc, TOut> window, PaneTiming timing)
    {
        while (_firing.TryNext(out KeyTable<TKey, TAcc>.Entry entry, out long version))
        {
            EmitPane(window, entry.Key, entry.Hash, in entry.Value, version, timing);
            if (IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    private void EmitPane(
        OpenWindow<TKey, TAcc, TOut> window,
        TKey key,
        uint hash,
        in TAcc accumulator,
        long version,
        PaneTiming timing)
    {
        PaneState<TOut> none = default;
        ref PaneState<TOut> state = ref none;
        if (_remembersPanes)
        {
            window.Panes ??= new KeyTable<TKey, PaneState<TOut>>();
            state = ref window.Panes.At(window.Panes.FindOrAdd(key, hash, out _)).Value;

            // An early pane says something new; a discarding pane is never empty.
            bool unchanged = state.Emitted > 0 && version <= state.Version;
            if (unchanged && (timing == PaneTiming.Early || (_followsVersions && Options.Mode == PaneMode.Discarding)))
            {
                return;
            }

            state.Version = version;
        }

        try
        {
            EmitPane(ref state, key, window.Bounds, Aggregator.Result(in accumulator), timing);
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            Report(exception, key, window.Bounds.MaxTimestamp.Ticks);
        }

        if (Options.Mode == PaneMode.Discarding && _remembersPanes)
        {
            Empty(window, key, hash);
        }
    }

    // Not shared, so the window's content is one slice.
    private void Empty(OpenWindow<TKey, TAcc, TOut> window, TKey key, uint hash)
    {
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            slice.Table.At(slice.Table.Find(key, hash)).Value = Aggregator.Create();
        }
    }

    private void Complete(OpenWindow<TKey, TAcc, TOut> window)
    {
        _firing.Stop();
        if (_store.IsExpired(window.Bounds, Watermark))
        {
            _store.Remove(window);
        }
        else
        {
            _store.KeepUntilExpiry(window);
        }
    }
}

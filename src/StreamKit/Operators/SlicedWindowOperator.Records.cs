using System.Diagnostics.CodeAnalysis;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <content>Records on their way to the slices.</content>
internal sealed partial class SlicedWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
{
    // Where a run is shorter, and so many records are left, their slices are found for all of them at once.
    private const int ShortRun = 8;
    private const int FewRecords = 64;

    // The slice of the last record; the length is 0 where the next record must be looked at more closely.
    private Slice<TKey, TAcc>? _slice;
    private long _sliceStart;
    private ulong _sliceLength;

    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private SliceMixture<TKey, TAcc>? _mixture;
    private bool _isMixed;

    protected override void StartRecords(KeyedBatch<TKey, TIn> batch) =>
        (_batch, _at, _isMixed) = (batch, 0, false);

    protected override bool AddRecords()
    {
        KeyedBatch<TKey, TIn> batch = _batch!; // Set by StartRecords.
        while (_at < batch.Count)
        {
            if (_isMixed)
            {
                int before = _at;
                _at = _filler.Fill(_mixture!, batch, before); // Made when the batch was seen to be mixed.
                if (_at > before)
                {
                    continue;
                }
            }

            if (EnterSlice(batch.Records.Timestamps[_at], out Slice<TKey, TAcc>? slice))
            {
                int from = _at;
                _at = _filler.Fill(slice, _sliceStart, _sliceLength, batch, from);
                if (_isMixed)
                {
                    _mixture!.Know(from, slice);
                }
                else if (_at - from < ShortRun)
                {
                    StartMixture(batch);
                }
            }
            else
            {
                AddBehind(batch, _at);
                _at++;
                if (IsBlocked)
                {
                    return false;
                }
            }
        }

        _batch = null;
        FitAddedIntoMemory();
        NoteChanges();
        SayWhatClosesNext();
        return true;
    }

    private void StartMixture(KeyedBatch<TKey, TIn> batch)
    {
        if (batch.Count - _at >= FewRecords && _filler.TakesMixtures)
        {
            _mixture ??= new(_assigner, Context.BatchSize);
            _mixture.Start(batch.Records.Timestamps.AsSpan(0, batch.Count), _at, Watermark);
            _isMixed = true;
        }
    }

    // Makes the slice of an instant the current one; false where a record of that instant is not simply on time.
    private bool EnterSlice(long ticks, [NotNullWhen(true)] out Slice<TKey, TAcc>? slice)
    {
        slice = _slice;
        if (slice is not null && (ulong)(ticks - _sliceStart) < _sliceLength)
        {
            return true;
        }

        if (!_shared)
        {
            return false;
        }

        Window bounds = _assigner.SliceOf(ticks);
        slice = _store.Find(bounds);
        if (slice is null)
        {
            _windows.Clear();
            _assigner.AddWindowsOf(bounds, _windows);
            if (_windows.Count == 0 || _windows.FirstEnd() <= Watermark)
            {
                return false;
            }

            slice = _store.Open(bounds, _windows, _windows.FirstEnd(), Watermark, _filler.Registrations);
        }
        else if (slice.FirstEnd <= Watermark)
        {
            return false;
        }

        _slice = slice;
        _sliceStart = bounds.StartTime.Ticks;
        _sliceLength = (ulong)(bounds.EndTime.Ticks - bounds.StartTime.Ticks);
        return true;
    }

    // Decides window by window about a record that is behind the end of at least one of its windows.
    private void AddBehind(KeyedBatch<TKey, TIn> batch, int at)
    {
        long ticks = batch.Records.Timestamps[at];
        Window bounds = _assigner.SliceOf(ticks);
        _windows.Clear();
        _missed.Clear();
        _assigner.AddWindowsOf(bounds, _windows);
        if (_windows.Count == 0)
        {
            Context.Counters.UnassignedRecords += RecordsIn(batch, at);
            return;
        }

        int kept = 0;
        long firstEnd = _windows.FirstEnd();
        for (int i = 0; i < _windows.Count; i++)
        {
            if (_store.IsExpired(_windows[i], Watermark))
            {
                _missed.Add(_windows[i]);
            }
            else
            {
                _windows[kept++] = _windows[i];
            }
        }

        _windows.RemoveRange(kept, _windows.Count - kept);
        if (_missed.Count > 0)
        {
            EmitLate(batch, at, _missed, acceptedByOthers: _windows.Count > 0);
        }

        if (_windows.Count > 0)
        {
            AddTo(batch, at, firstEnd);
        }
    }

    private void AddTo(KeyedBatch<TKey, TIn> batch, int at, long firstEnd)
    {
        long ticks = batch.Records.Timestamps[at];
        bool added = true;
        if (_shared)
        {
            added = AddTo(_store.BoundsFor(ticks, default), _windows, firstEnd, batch, at);
        }
        else
        {
            foreach (Window window in _windows)
            {
                added &= AddTo(window, [window], window.EndTime.Ticks, batch, at);
            }
        }

        if (added)
        {
            FireLate(_windows, batch, at);
        }
    }

    // False where the aggregator refused the record.
    private bool AddTo(Window bounds, IReadOnlyList<Window> windows, long firstEnd, KeyedBatch<TKey, TIn> batch, int at)
    {
        Slice<TKey, TAcc> slice = _store.Find(bounds)
            ?? _store.Open(bounds, windows, firstEnd, Watermark, _filler.Registrations);
        if (!_filler.TryAdd(slice, batch, at, out int index, out bool added))
        {
            return false;
        }

        _firing.Changed(slice, index, added);
        return true;
    }
}

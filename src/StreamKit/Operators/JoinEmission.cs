using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Emits what a window, or one late record, has to say; it can stop after every result.</summary>
internal sealed class JoinEmission<TKey, TLeft, TRight, TOut>(
    JoinSelectors<TKey, TLeft, TRight, TOut> selectors,
    Emitter<TOut> results,
    OperatorContext context)
{
    // So many keys before their turn the last records of a key are fetched, and half as many before it those that came
    // before them: a pair or two of each key take as long as memory does.
    private const int KeysAhead = 32;

    private readonly JoinCalls<TKey, TLeft, TRight, TOut> _calls = new(selectors, context);
    private readonly JoinKeys<TKey, TLeft, TRight> _keys = new();
    private readonly JoinRecords<TKey, TLeft, TRight> _records = new();
    private readonly JoinRecords<TKey, TLeft, TRight> _late = new();
    private readonly List<JoinWindow<TKey, TLeft, TRight>> _lateWindows = [];
    private uint _lateHash;
    private int _left;
    private int _right;
    private Step _step;
    private bool _pairs;
    private bool _rest;
    private TKey _key = default!; // Set with the records.
    private Window _bounds;

    private enum Step
    {
        Idle,
        NextKey,
        NextLateWindow,
        Pairs,
        LeftAlone,
        RightAlone,
        Group,
    }

    /// <summary>The window that is being emitted; null where there is none.</summary>
    public JoinWindow<TKey, TLeft, TRight>? Window { get; private set; }

    public bool IsActive => _step != Step.Idle;

    /// <summary>Begins with the keys of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="pairs">Whether its pairs are due.</param>
    /// <param name="rest">Whether nothing can come any more, so that all the rest is due.</param>
    public void Start(JoinWindow<TKey, TLeft, TRight> window, bool pairs, bool rest)
    {
        (Window, _bounds, _step) = (window, window.Bounds, Step.NextKey);
        _pairs = pairs && selectors.HasPairs;
        _rest = rest && selectors.HasRest;
        _keys.Start(window);
    }

    /// <summary>Begins with the new pairs of a record that came when these windows were complete.</summary>
    public void StartLate<T, TSide>(
        TKey key, uint hash, T record, IEnumerable<JoinWindow<TKey, TLeft, TRight>> windows)
        where TSide : struct, IJoinSide<TKey, TLeft, TRight, T>
    {
        (_key, _lateHash) = (key, hash);
        TSide.ListOf(_late).Set(record);
        _lateWindows.AddRange(windows);
        _step = Step.NextLateWindow;
    }

    /// <summary>Goes on until all is said (true) or the output is blocked (false).</summary>
    public bool Continue()
    {
        while (_step != Step.Idle)
        {
            switch (_step)
            {
                case Step.NextKey:
                    NextKey();
                    break;
                case Step.NextLateWindow:
                    NextLateWindow();
                    break;
                case Step.Pairs:
                    EmitPairs();
                    break;
                case Step.LeftAlone:
                    EmitLeftAlone();
                    break;
                case Step.RightAlone:
                    EmitRightAlone();
                    break;
                default:
                    EmitGroup();
                    break;
            }

            if (results.IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    private void NextKey()
    {
        if (_pairs && _keys.OnlySlice is { } slice)
        {
            EmitPairsOf(slice);
            if (_step != Step.NextKey || results.IsBlocked)
            {
                return;
            }
        }

        while (_keys.TryNext(out _key, _records))
        {
            if (TryStart())
            {
                return;
            }
        }

        _keys.Stop();
        _records.Trim();
        Window = null;
        _step = Step.Idle;
    }

    // Begins with what is due of a key's records; false where nothing is.
    private bool TryStart()
    {
        (_left, _right) = (0, 0);
        _step = _rest && selectors.Group is not null ? Step.Group
            : _records.HasLeft && _records.HasRight ? (_pairs ? Step.Pairs : Step.NextKey)
            : _rest && _records.HasLeft && selectors.LeftAlone is not null ? Step.LeftAlone
            : _rest && _records.HasRight && selectors.RightAlone is not null ? Step.RightAlone
            : Step.NextKey;
        return _step != Step.NextKey;
    }

    // The loop that decides how fast a window with many keys is emitted: the keys of its only slice. It leaves off
    // where the output is blocked or something else than pairs is to be said.
    private void EmitPairsOf(JoinSlice<TKey, TLeft, TRight> slice)
    {
        KeyTable<TKey, JoinEntry> table = slice.Table;
        int count = table.Count;
        ref int next = ref _keys.Next;
        while (next < count)
        {
            ref JoinEntry far = ref table.At(Math.Min(next + KeysAhead, count - 1)).Value;
            slice.Left.PrefetchLast(far.Left);
            slice.Right.PrefetchLast(far.Right);
            ref JoinEntry near = ref table.At(Math.Min(next + (KeysAhead / 2), count - 1)).Value;
            slice.Left.PrefetchBeforeLast(near.Left);
            slice.Right.PrefetchBeforeLast(near.Right);
            ref KeyTable<TKey, JoinEntry>.Entry entry = ref table.At(next++);
            bool isPair = entry.Value.Left.Count > 0 && entry.Value.Right.Count > 0;
            if (!isPair && !_rest)
            {
                continue;
            }

            _key = entry.Key;
            _records.Clear();
            _records.Add(slice, in entry.Value);
            if (!TryStart())
            {
                continue;
            }

            if (_step != Step.Pairs)
            {
                return;
            }

            EmitPairs();
            if (results.IsBlocked)
            {
                return;
            }
        }
    }

    // The place moves on before the output is looked at, so what was emitted is never emitted again.
    private void EmitPairs()
    {
        long timestamp = _bounds.MaxTimestamp.Ticks;
        JoinList<TLeft> lefts = _records.Left;
        JoinList<TRight> rights = _records.Right;
        int left = _left, right = _right;
        bool selecting = false;
        while (left < lefts.Count)
        {
            try
            {
                while (right < rights.Count)
                {
                    selecting = true;
                    TOut result = selectors.PairInWindow is { } select
                        ? select(lefts.At(left), rights.At(right), _bounds)
                        : selectors.Pair!(lefts.At(left), rights.At(right)); // One of the two is set.
                    selecting = false;
                    right++;
                    results.Emit(timestamp, result);
                    if (results.IsBlocked)
                    {
                        break;
                    }
                }
            }
            catch (Exception exception) when (selecting)
            {
                _calls.Report(exception, (lefts.At(left), rights.At(right)), _key, _bounds);
                selecting = false;
                right++;
            }

            if (right == rights.Count)
            {
                (left, right) = (left + 1, 0);
            }

            if (results.IsBlocked)
            {
                break;
            }
        }

        (_left, _right) = (left, right);
        if (left == lefts.Count)
        {
            _step = Window is null ? Step.NextLateWindow : Step.NextKey;
        }
    }

    private void NextLateWindow()
    {
        if (_lateWindows.Count == 0)
        {
            _records.Trim();
            _late.Clear();
            _step = Step.Idle;
            return;
        }

        JoinWindow<TKey, TLeft, TRight> window = _lateWindows[0];
        _lateWindows.RemoveAt(0);
        _bounds = window.Bounds;
        _records.Clear();
        foreach (JoinSlice<TKey, TLeft, TRight> slice in window.Slices)
        {
            int index = slice.Table.Find(_key, _lateHash);
            if (index >= 0)
            {
                _records.Add(slice, in slice.Table.At(index).Value);
            }
        }

        // The record itself is among those of its side, but only its own pairs are new.
        if (_late.HasLeft)
        {
            _records.Left.Set(_late.Left.At(0));
        }
        else
        {
            _records.Right.Set(_late.Right.At(0));
        }

        (_left, _right, _step) = (0, 0, Step.Pairs);
    }

    private void EmitLeftAlone()
    {
        while (_left < _records.Left.Count && !results.IsBlocked)
        {
            if (_calls.TryLeftAlone(_key, _bounds, _records.Left.At(_left++), out TOut result))
            {
                results.Emit(_bounds.MaxTimestamp.Ticks, result);
            }
        }

        EndAlone(_left == _records.Left.Count);
    }

    private void EmitRightAlone()
    {
        while (_right < _records.Right.Count && !results.IsBlocked)
        {
            if (_calls.TryRightAlone(_key, _bounds, _records.Right.At(_right++), out TOut result))
            {
                results.Emit(_bounds.MaxTimestamp.Ticks, result);
            }
        }

        EndAlone(_right == _records.Right.Count);
    }

    private void EndAlone(bool isEnd)
    {
        if (isEnd)
        {
            _step = Step.NextKey;
        }
    }

    private void EmitGroup()
    {
        _step = Step.NextKey;
        if (_calls.TryGroup(_key, _bounds, _records, out TOut result))
        {
            results.Emit(_bounds.MaxTimestamp.Ticks, result);
        }
    }
}

using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Emits what a window, or one late record, has to say; it can stop after every result.</summary>
internal sealed class JoinEmission<TKey, TLeft, TRight, TOut>(
    JoinSelectors<TKey, TLeft, TRight, TOut> selectors,
    Emitter<TOut> results,
    OperatorContext context)
{
    // So many keys before their turn their records are fetched: a pair or two of each take as long as memory does.
    private const int KeysAhead = 8;

    private readonly JoinCalls<TKey, TLeft, TRight, TOut> _calls = new(selectors, context);
    private readonly JoinKeys<TKey, TLeft, TRight> _keys = new();
    private readonly JoinCursor<TKey, TLeft, TRight> _records = new();
    private readonly List<JoinWindow<TKey, TLeft, TRight>> _lateWindows = [];
    private LateRow _late;
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
    public void StartLate(
        TKey key,
        uint hash,
        JoinSlice<TKey, TLeft, TRight> slice,
        int number,
        bool isLeft,
        IEnumerable<JoinWindow<TKey, TLeft, TRight>> windows)
    {
        _key = key;
        _late = new LateRow(slice, number, hash, isLeft);
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
            if (_step != Step.NextKey)
            {
                return;
            }
        }

        while (_keys.TryNext(out _key, _records))
        {
            if (_rest && selectors.Group is not null)
            {
                _step = Step.Group;
                return;
            }

            if (!_records.HasLeft || !_records.HasRight)
            {
                if (TryStartAlone())
                {
                    return;
                }
            }
            else if (_pairs)
            {
                _records.StartPairs();
                _step = Step.Pairs;
                return;
            }
        }

        _keys.Stop();
        Window = null;
        _step = Step.Idle;
    }

    private bool TryStartAlone()
    {
        if (_rest && _records.HasLeft && selectors.LeftAlone is not null)
        {
            _records.StartLeft();
            _step = Step.LeftAlone;
            return true;
        }

        if (_rest && _records.HasRight && selectors.RightAlone is not null)
        {
            _records.StartRight();
            _step = Step.RightAlone;
            return true;
        }

        return false;
    }

    // The loop that decides how fast a window with many keys is emitted: the keys of its only slice, with the place in
    // locals. It leaves off, with the place in the cursor, where the output is blocked or something else is to be done.
    private void EmitPairsOf(JoinSlice<TKey, TLeft, TRight> slice)
    {
        KeyTable<TKey, JoinEntry> table = slice.Table;
        int count = table.Count;
        ref int next = ref _keys.Next;
        while (next < count)
        {
            JoinEntry ahead = table.At(Math.Min(next + KeysAhead, count - 1)).Value;
            slice.Left.PrefetchRow(ahead.Left);
            slice.Right.PrefetchRow(ahead.Right);
            ref KeyTable<TKey, JoinEntry>.Entry entry = ref table.At(next++);
            if (entry.Value.Left == 0 || entry.Value.Right == 0)
            {
                if (_rest)
                {
                    Enter(slice, in entry);
                    if (TryStartAlone())
                    {
                        return;
                    }
                }
            }
            else if (!TryEmitProduct(slice, in entry))
            {
                return;
            }
        }
    }

    private void Enter(JoinSlice<TKey, TLeft, TRight> slice, in KeyTable<TKey, JoinEntry>.Entry entry)
    {
        _key = entry.Key;
        _records.Clear();
        _records.Add(slice, entry.Value);
    }

    // False where the output is blocked or the lambda failed: the rest of the product goes the slower way.
    private bool TryEmitProduct(JoinSlice<TKey, TLeft, TRight> slice, in KeyTable<TKey, JoinEntry>.Entry entry)
    {
        JoinRows<TLeft> lefts = slice.Left;
        JoinRows<TRight> rights = slice.Right;
        JoinEntry last = entry.Value;
        long timestamp = _bounds.MaxTimestamp.Ticks;
        int firstRight = rights.FirstOf(last.Right);
        int left = lefts.FirstOf(last.Left);
        int right = firstRight;
        bool selecting = false;
        try
        {
            while (!results.IsBlocked)
            {
                selecting = true;
                TOut result = selectors.PairInWindow is { } select
                    ? select(lefts.At(left).Value, rights.At(right).Value, _bounds)
                    : selectors.Pair!(lefts.At(left).Value, rights.At(right).Value); // One of the two is set.
                selecting = false;
                results.Emit(timestamp, result);
                if (right != last.Right)
                {
                    right = rights.At(right).Next;
                }
                else if (left != last.Left)
                {
                    (left, right) = (lefts.At(left).Next, firstRight);
                }
                else
                {
                    return true;
                }
            }

            Enter(slice, in entry);
            _records.GoTo(left, right);
            _step = Step.Pairs;
        }
        catch (Exception exception) when (selecting)
        {
            Enter(slice, in entry);
            _records.GoTo(left, right);
            _calls.Report(exception, (_records.Left, _records.Right), _key, _bounds);
            if (!_records.NextPair())
            {
                return true;
            }

            _step = Step.Pairs;
        }

        return false;
    }

    private void NextLateWindow()
    {
        if (_lateWindows.Count == 0)
        {
            _late = default;
            _step = Step.Idle;
            return;
        }

        JoinWindow<TKey, TLeft, TRight> window = _lateWindows[0];
        _lateWindows.RemoveAt(0);
        _bounds = window.Bounds;
        _records.Clear();
        foreach (JoinSlice<TKey, TLeft, TRight> slice in window.Slices)
        {
            int index = slice.Table.Find(_key, _late.Hash);
            if (index >= 0)
            {
                _records.Add(slice, slice.Table.At(index).Value);
            }
        }

        if (!_records.HasLeft || !_records.HasRight)
        {
            return;
        }

        _step = Step.Pairs;
        if (_late.IsLeft)
        {
            _records.StartPairsOfLeft(_late.Slice, _late.Number);
        }
        else
        {
            _records.StartPairsOfRight(_late.Slice, _late.Number);
        }
    }

    // The place moves on before the output is looked at, so what was emitted is never emitted again.
    private void EmitPairs()
    {
        do
        {
            if (_calls.TryPair(_key, _bounds, _records, out TOut result))
            {
                results.Emit(_bounds.MaxTimestamp.Ticks, result);
            }

            if (!_records.NextPair())
            {
                _step = Window is null ? Step.NextLateWindow : Step.NextKey;
                return;
            }
        }
        while (!results.IsBlocked);
    }

    private void EmitLeftAlone()
    {
        do
        {
            if (_calls.TryLeftAlone(_key, _bounds, _records.Left, out TOut result))
            {
                results.Emit(_bounds.MaxTimestamp.Ticks, result);
            }

            if (!_records.NextLeft())
            {
                _step = Step.NextKey;
                return;
            }
        }
        while (!results.IsBlocked);
    }

    private void EmitRightAlone()
    {
        do
        {
            if (_calls.TryRightAlone(_key, _bounds, _records.Right, out TOut result))
            {
                results.Emit(_bounds.MaxTimestamp.Ticks, result);
            }

            if (!_records.NextRight())
            {
                _step = Step.NextKey;
                return;
            }
        }
        while (!results.IsBlocked);
    }

    private void EmitGroup()
    {
        _step = Step.NextKey;
        if (_calls.TryGroup(_key, _bounds, _records, out TOut result))
        {
            results.Emit(_bounds.MaxTimestamp.Ticks, result);
        }
    }

    private readonly record struct LateRow(
        JoinSlice<TKey, TLeft, TRight> Slice, int Number, uint Hash, bool IsLeft);
}

using System.Runtime.CompilerServices;

namespace StreamKit.Operators;

/// <summary>The records of one key from some slices, and a place among them on each side.</summary>
/// <remarks>All of it is a few numbers, so a product of any size can stop between two pairs and go on later.</remarks>
internal sealed class JoinCursor<TKey, TLeft, TRight>
{
    private JoinRun<TKey, TLeft, TRight>[] _runs = new JoinRun<TKey, TLeft, TRight>[1];
    private int _count;
    private int _leftRun;
    private int _left;
    private int _rightRun;
    private int _right;
    private bool _leftStays;
    private bool _rightStays;

    public bool HasLeft { get; private set; }

    public bool HasRight { get; private set; }

    public ReadOnlySpan<JoinRun<TKey, TLeft, TRight>> Runs => _runs.AsSpan(0, _count);

    public ref TLeft Left
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _runs[_leftRun].Slice.Left.At(_left).Value;
    }

    public ref TRight Right
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _runs[_rightRun].Slice.Right.At(_right).Value;
    }

    public void Clear()
    {
        _count = 0;
        HasLeft = HasRight = _leftStays = _rightStays = false;
    }

    public void Add(JoinSlice<TKey, TLeft, TRight> slice, JoinEntry entry)
    {
        if (_count == _runs.Length)
        {
            Array.Resize(ref _runs, _count * 2);
        }

        _runs[_count++] = new(slice, entry);
        HasLeft |= entry.Left != 0;
        HasRight |= entry.Right != 0;
    }

    /// <summary>Goes to the first pair of all; there are records on both sides.</summary>
    public void StartPairs()
    {
        SeekLeft(0);
        SeekRight(0);
    }

    /// <summary>Goes to the first pair of one left record; there are records on the right.</summary>
    public void StartPairsOfLeft(JoinSlice<TKey, TLeft, TRight> slice, int number)
    {
        (_leftRun, _left, _leftStays) = (RunOf(slice), number, true);
        SeekRight(0);
    }

    /// <summary>Goes to the first pair of one right record; there are records on the left.</summary>
    public void StartPairsOfRight(JoinSlice<TKey, TLeft, TRight> slice, int number)
    {
        (_rightRun, _right, _rightStays) = (RunOf(slice), number, true);
        SeekLeft(0);
    }

    /// <summary>Goes to one pair of the only slice.</summary>
    public void GoTo(int left, int right) => (_leftRun, _left, _rightRun, _right) = (0, left, 0, right);

    public void StartLeft() => SeekLeft(0);

    public void StartRight() => SeekRight(0);

    /// <summary>Goes to the next pair: right by right, left by left; false after the last.</summary>
    public bool NextPair()
    {
        if (NextRight())
        {
            return true;
        }

        if (!NextLeft())
        {
            return false;
        }

        if (!_rightStays)
        {
            SeekRight(0);
        }

        return true;
    }

    public bool NextLeft()
    {
        if (_leftStays)
        {
            return false;
        }

        ref readonly JoinRun<TKey, TLeft, TRight> run = ref _runs[_leftRun];
        if (_left == run.Last.Left)
        {
            return SeekLeft(_leftRun + 1);
        }

        _left = run.Slice.Left.At(_left).Next;
        return true;
    }

    public bool NextRight()
    {
        if (_rightStays)
        {
            return false;
        }

        ref readonly JoinRun<TKey, TLeft, TRight> run = ref _runs[_rightRun];
        if (_right == run.Last.Right)
        {
            return SeekRight(_rightRun + 1);
        }

        _right = run.Slice.Right.At(_right).Next;
        return true;
    }

    private bool SeekLeft(int from)
    {
        for (int run = from; run < _count; run++)
        {
            if (_runs[run].Last.Left is var last && last != 0)
            {
                (_leftRun, _left) = (run, _runs[run].Slice.Left.FirstOf(last));
                return true;
            }
        }

        return false;
    }

    private bool SeekRight(int from)
    {
        for (int run = from; run < _count; run++)
        {
            if (_runs[run].Last.Right is var last && last != 0)
            {
                (_rightRun, _right) = (run, _runs[run].Slice.Right.FirstOf(last));
                return true;
            }
        }

        return false;
    }

    private int RunOf(JoinSlice<TKey, TLeft, TRight> slice)
    {
        int run = 0;
        while (_runs[run].Slice != slice)
        {
            run++;
        }

        return run;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>The records of one side in one slice, side by side as they came; those of one key are a ring.</summary>
/// <remarks>
/// A key keeps the number of its last record, and that record names the first one: so records are added at the end and
/// walked from the start, and a key costs one number. Numbers begin at 1. The rows lie in pieces of one size, so that a
/// large window never copies what it holds; only the first piece grows, because many windows are small.
/// </remarks>
internal sealed class JoinRows<T>(JoinRowPool<T> pool, bool keepsTimestamps)
{
    public const int PieceRows = 1 << PieceBits;

    private const int PieceBits = 10;
    private const int InitialRows = 16;

    private Row[][] _pieces = [new Row[InitialRows]];
    private int _pieceCount = 1;
    private int _end = InitialRows;
    private long[] _timestamps = keepsTimestamps ? new long[InitialRows] : [];
    private int _next = 1;

    /// <summary>The record of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Row At(int number)
    {
        Row[] piece = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pieces), number >> PieceBits);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(piece), number & (PieceRows - 1));
    }

    /// <summary>Fetches the record of a number that will be looked at soon; 0 is no record and does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchRow(int number) => Prefetch.Read(ref At(number));

    /// <summary>The event time of a record; only where timestamps are kept.</summary>
    public long TimestampOf(int number) => _timestamps[number];

    /// <summary>The first record of a key whose last one is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstOf(int last) => At(last).Next;

    /// <summary>How many records a key has whose last one is given.</summary>
    public int CountOf(int last) => last == 0 ? 0 : At(last).Position;

    /// <summary>Adds a record to a key; false where the key has as many as it may hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(ref int last, T value, long timestamp, int limit)
    {
        int number = _next;
        if (number == _end)
        {
            Grow();
        }

        int first = number;
        int position = 1;
        if (last != 0)
        {
            ref Row before = ref At(last);
            if (before.Position >= limit)
            {
                return false;
            }

            (first, position) = (before.Next, before.Position + 1);
            before.Next = number;
        }

        ref Row row = ref At(number);
        row.Value = value;
        row.Next = first;
        row.Position = position;
        if (keepsTimestamps)
        {
            _timestamps[number] = timestamp;
        }

        last = number;
        _next = number + 1;
        return true;
    }

    public void Clear()
    {
        for (int i = 0; i < _pieceCount; i++)
        {
            if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            {
                Array.Clear(_pieces[i], 0, Math.Min(_pieces[i].Length, _next - (i << PieceBits)));
            }

            if (i > 0)
            {
                pool.Return(_pieces[i]);
                _pieces[i] = null!; // Not looked at before it is rented again.
            }
        }

        _pieceCount = 1;
        _end = _pieces[0].Length;
        _next = 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        if (_end < PieceRows)
        {
            Array.Resize(ref _pieces[0], _end * 2);
            _end *= 2;
        }
        else
        {
            int end = checked(_end + PieceRows);
            if (_pieceCount == _pieces.Length)
            {
                Array.Resize(ref _pieces, _pieceCount * 2);
            }

            _pieces[_pieceCount++] = pool.Rent();
            _end = end;
        }

        if (keepsTimestamps && _timestamps.Length < _end)
        {
            Array.Resize(ref _timestamps, Math.Max(_end, _timestamps.Length * 2));
        }
    }

    internal struct Row
    {
        public T Value;

        /// <summary>The next record of the key; after the last one, the first.</summary>
        public int Next;

        /// <summary>Which of the key's records this is, from 1.</summary>
        public int Position;
    }
}

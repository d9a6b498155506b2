using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>The records of one side in one slice, side by side as they came; those of one key are a chain.</summary>
/// <remarks>
/// A record names the one of its key that came before it, so adding one touches no other. The rows lie in pieces of one
/// size, so that a large window never copies what it holds; only the first piece grows, because many windows are small.
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
    private int _next;

    public bool KeepsTimestamps => keepsTimestamps;

    /// <summary>The record of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Row At(int number)
    {
        Row[] piece = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pieces), number >> PieceBits);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(piece), number & (PieceRows - 1));
    }

    /// <summary>Fetches the last record of a chain, which will be looked at soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchLast(JoinChain chain) => Prefetch.Read(ref At(chain.Last));

    /// <summary>Fetches the record before the last one of a chain, or any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchBeforeLast(JoinChain chain) => Prefetch.Read(ref At(At(chain.Last).Before));

    /// <summary>The event time of a record; only where timestamps are kept.</summary>
    public long TimestampOf(int number) => _timestamps[number];

    /// <summary>Adds a record to a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref JoinChain chain, T value, long timestamp)
    {
        int number = _next;
        if (number == _end)
        {
            Grow();
        }

        ref Row row = ref At(number);
        row.Value = value;
        row.Before = chain.Last;
        if (keepsTimestamps)
        {
            _timestamps[number] = timestamp;
        }

        chain.Last = number;
        chain.Count++;
        _next = number + 1;
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
        _next = 0;
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

        /// <summary>The record of the key that came before; not looked at for the first one.</summary>
        public int Before;
    }
}

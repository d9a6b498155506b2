using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Knows the slice of every record of a batch whose records change the slice all the time.</summary>
/// <remarks>
/// Records out of order change the slice at nearly every record, and each change costs more than adding does. So the
/// slices are found for all of them at once, by comparing with all bounds instead of branching, which could not be
/// predicted; and the tables of all slices are looked into in one loop.
/// </remarks>
internal sealed class SliceMixture<TKey, TAcc>(SlicedAssigner assigner, int batchSize)
{
    // Each vector of bounds is compared with every record.
    private const int Bounds = 16;

    // Records of later slices are left to others: the last bound tells them from those that are numbered.
    private const int MostSlices = Bounds - 1;

    private readonly long[] _starts = new long[Bounds];
    private readonly Slice<TKey, TAcc>?[] _slices = new Slice<TKey, TAcc>?[Bounds + 1];
    private readonly KeyTable<TKey, TAcc>?[] _tables = new KeyTable<TKey, TAcc>?[Bounds + 1];
    private readonly byte[] _numbers = new byte[batchSize];
    private int _count;

    /// <summary>Looks at the records of a batch from one on; no slice is known yet.</summary>
    public void Start(ReadOnlySpan<long> timestamps, int from, long watermark)
    {
        ReadOnlySpan<long> rest = timestamps[from..];
        (long earliest, long latest) = TickMath.Range(rest);
        long end = Math.Max(earliest, watermark);
        for (_count = 0; end <= latest && _count < MostSlices; _count++)
        {
            Window slice = assigner.SliceOf(end);
            _starts[_count] = slice.StartTime.Ticks;
            end = slice.EndTime.Ticks;
        }

        _starts[_count] = end;
        _starts.AsSpan(_count + 1).Fill(long.MaxValue);
        Array.Clear(_slices);
        Array.Clear(_tables);
        Number(rest, _starts.AsSpan(0, _count + 1), _numbers.AsSpan(from, rest.Length));
    }

    /// <summary>The slice of a record; null where it is not known, or the record is left to others.</summary>
    public Slice<TKey, TAcc>? this[int at] => _slices[_numbers[at]];

    /// <summary>The table of a record whose slice is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeyTable<TKey, TAcc> TableOf(int at) => Unsafe.Add(
        ref MemoryMarshal.GetArrayDataReference(_tables),
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_numbers), at))!;

    /// <summary>Makes the slice of a record known.</summary>
    public void Know(int at, Slice<TKey, TAcc> slice)
    {
        // What lies before all slices that are on time, or behind those that are numbered, is not one slice.
        int number = _numbers[at];
        if (number >= 1 && number <= _count)
        {
            _slices[number] = slice;
            _tables[number] = slice.Table;
        }
    }

    /// <summary>
    /// Finds the entries of a run of records, each in the table of its slice, up to the first that has none; how many
    /// were found.
    /// </summary>
    public int Find(int from, ReadOnlySpan<TKey> keys, ReadOnlySpan<ulong> hashes, Span<int> indexes) =>
        KeyTable<TKey, TAcc>.FindEach(_tables, _numbers.AsSpan(from, keys.Length), keys, hashes, indexes);

    // The number of a record is how many of the slices begin before it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Number(ReadOnlySpan<long> timestamps, ReadOnlySpan<long> starts, Span<byte> numbers)
    {
        ref byte number = ref MemoryMarshal.GetReference(numbers);
        ref long start = ref MemoryMarshal.GetReference(starts);
        Vector256<long> first = Vector256.LoadUnsafe(ref start); // There is room for whole vectors.
        for (int i = 0; i < timestamps.Length; i++)
        {
            Vector256<long> timestamp = Vector256.Create(timestamps[i]);
            uint begun = Vector256.LessThanOrEqual(first, timestamp).ExtractMostSignificantBits();
            for (int at = Vector256<long>.Count; at < starts.Length; at += Vector256<long>.Count)
            {
                Vector256<long> more = Vector256.LoadUnsafe(ref start, (nuint)at);
                begun |= Vector256.LessThanOrEqual(more, timestamp).ExtractMostSignificantBits() << at;
            }

            Unsafe.Add(ref number, i) = (byte)BitOperations.PopCount(begun);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Arranges the records of a batch slice by slice, so that those of one slice are added in one run.</summary>
/// <remarks>
/// Records out of order change the slice at nearly every record, and each change costs more than adding does. A counting
/// sort (D. Knuth, TAOCP 3, 5.2, algorithm D) costs about as much as copying. It is stable, and records that are behind
/// keep their place before all others, so nothing but the order between slices that are on time changes, and what is on
/// time says nothing before the watermark moves.
/// </remarks>
internal sealed class SliceGrouping<TKey, T>(SlicedAssigner assigner, int batchSize)
{
    // Beyond so many slices the rest stays as it came: each vector of bounds is compared with every record.
    private const int MostSlices = 16;

    private readonly long[] _starts = new long[MostSlices];
    private readonly int[] _places = new int[MostSlices + 2];
    private readonly byte[] _groups = new byte[batchSize];
    private readonly KeyedBatch<TKey, T> _arranged =
        new KeyedBatchPool<TKey, T>(batchSize).Rent(new BatchPool<T>(batchSize).Rent());

    /// <summary>Arranges the records from one on; those before it are given up.</summary>
    public void Arrange(KeyedBatch<TKey, T> batch, int from, long watermark)
    {
        ReadOnlySpan<long> timestamps = batch.Records.Timestamps.AsSpan(from, batch.Count - from);
        int slices = FindSlices(timestamps, watermark);
        Span<byte> groups = _groups.AsSpan(0, timestamps.Length);
        Group(timestamps, _starts, slices, groups, _places);
        _places[0] = from;
        for (int group = 1; group <= slices; group++)
        {
            _places[group] += _places[group - 1];
        }

        Scatter(batch, _arranged, groups, _places, from);
        batch.Exchange(_arranged);
    }

    // The slices from the first that is on time to the one with the latest record; how many they are.
    private int FindSlices(ReadOnlySpan<long> timestamps, long watermark)
    {
        long latest = TickMath.Highest(timestamps);
        int count = 0;
        for (long at = Math.Max(timestamps[0], watermark); at <= latest && count < MostSlices; count++)
        {
            Window slice = assigner.SliceOf(at);
            _starts[count] = slice.StartTime.Ticks;
            at = slice.EndTime.Ticks;
        }

        _starts.AsSpan(count).Fill(long.MaxValue);
        return count;
    }

    // The group of a record is how many of the slices begin before it: without branches, which could not be predicted.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Group(
        ReadOnlySpan<long> timestamps, ReadOnlySpan<long> starts, int slices, Span<byte> groups, Span<int> counts)
    {
        counts.Clear();
        ref int after = ref Unsafe.Add(ref MemoryMarshal.GetReference(counts), 1);
        ref byte group = ref MemoryMarshal.GetReference(groups);
        ref long start = ref MemoryMarshal.GetReference(starts);
        Vector256<long> first = Vector256.LoadUnsafe(ref start);
        for (int i = 0; i < timestamps.Length; i++)
        {
            Vector256<long> timestamp = Vector256.Create(timestamps[i]);
            uint begun = Vector256.LessThanOrEqual(first, timestamp).ExtractMostSignificantBits();
            for (int at = Vector256<long>.Count; at < slices; at += Vector256<long>.Count)
            {
                Vector256<long> more = Vector256.LoadUnsafe(ref start, (nuint)at);
                begun |= Vector256.LessThanOrEqual(more, timestamp).ExtractMostSignificantBits() << at;
            }

            int number = BitOperations.PopCount(begun);
            Unsafe.Add(ref group, i) = (byte)number;
            Unsafe.Add(ref after, number)++;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Scatter(
        KeyedBatch<TKey, T> batch, KeyedBatch<TKey, T> arranged, ReadOnlySpan<byte> groups, Span<int> places, int from)
    {
        ref int place = ref MemoryMarshal.GetReference(places);
        ref long timestamp = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps), from);
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(arranged.Records.Timestamps);
        ref T value = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(batch.Records.Values), from);
        ref T values = ref MemoryMarshal.GetArrayDataReference(arranged.Records.Values);
        ref TKey key = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(batch.Keys), from);
        ref TKey keys = ref MemoryMarshal.GetArrayDataReference(arranged.Keys);
        ref ulong hash = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(batch.Hashes), from);
        ref ulong hashes = ref MemoryMarshal.GetArrayDataReference(arranged.Hashes);
        for (int i = 0; i < groups.Length; i++)
        {
            int at = Unsafe.Add(ref place, groups[i])++;
            Unsafe.Add(ref timestamps, at) = Unsafe.Add(ref timestamp, i);
            Unsafe.Add(ref values, at) = Unsafe.Add(ref value, i);
            Unsafe.Add(ref keys, at) = Unsafe.Add(ref key, i);
            Unsafe.Add(ref hashes, at) = Unsafe.Add(ref hash, i);
        }
    }
}

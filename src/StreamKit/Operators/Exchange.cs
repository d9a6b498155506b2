using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>The ways from one sender to all lanes of a keyed stage; parts records among them by key group.</summary>
internal sealed class Exchange<TKey, T>
{
    // As many counters of so many records each fit one register.
    private const int MostCounted = 8;
    private const int PieceLength = 255;

    private readonly Lane<TKey, T>[] _lanes;
    private readonly int _batchSize;

    // The places of a batch's records by lane, a stretch of the length of a batch for each, and how far it is filled.
    private readonly ushort[] _picked;
    private readonly int[] _ends;

    public Exchange(IReadOnlyList<Receiver<KeyedBatch<TKey, T>>> lanes, int batchSize)
    {
        Debug.Assert(batchSize - 1 <= ushort.MaxValue, "a place in a batch fits 16 bits");
        _lanes = [.. lanes.Select(lane => new Lane<TKey, T>(lane, batchSize))];
        _batchSize = batchSize;
        _picked = new ushort[lanes.Count * batchSize];
        _ends = new int[lanes.Count];
    }

    /// <summary>The one lane, to which everything goes as it is; null where there are several.</summary>
    public Lane<TKey, T>? Single => _lanes.Length == 1 ? _lanes[0] : null;

    public long NextTimer
    {
        get
        {
            long next = long.MaxValue;
            foreach (Lane<TKey, T> lane in _lanes)
            {
                next = Math.Min(next, lane.NextTimer);
            }

            return next;
        }
    }

    public bool HoldsNothing => Array.TrueForAll(_lanes, static lane => lane.HoldsNothing);

    public bool CanTakeMore
    {
        get
        {
            foreach (Lane<TKey, T> lane in _lanes)
            {
                if (lane.IsBlocked)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Copies every record to the lane of its key; the batch stays with the caller.</summary>
    public void Part(Batch<T> records, TKey[] keys, ulong[] hashes)
    {
        Pick(hashes.AsSpan(0, records.Count));
        for (int i = 0; i < _lanes.Length; i++)
        {
            int start = i * _batchSize;
            _lanes[i].Add(_picked.AsSpan(start, _ends[i] - start), records, keys, hashes);
        }
    }

    public void Push(Signal signal)
    {
        foreach (Lane<TKey, T> lane in _lanes)
        {
            lane.Push(signal);
        }
    }

    public bool Resume()
    {
        bool all = true;
        foreach (Lane<TKey, T> lane in _lanes)
        {
            all &= lane.Resume();
        }

        return all;
    }

    private void Pick(ReadOnlySpan<ulong> hashes)
    {
        for (int i = 0; i < _ends.Length; i++)
        {
            _ends[i] = i * _batchSize;
        }

        if (_lanes.Length > MostCounted)
        {
            PickAll(hashes, 0);
            return;
        }

        for (int from = 0; from < hashes.Length; from += PieceLength)
        {
            PickPiece(hashes.Slice(from, Math.Min(PieceLength, hashes.Length - from)), from);
        }
    }

    // Lanes are fewer than ends, and no stretch gets more places than the batch has records.
    private void PickAll(ReadOnlySpan<ulong> hashes, int from)
    {
        ref int ends = ref MemoryMarshal.GetArrayDataReference(_ends);
        ref ushort picked = ref MemoryMarshal.GetArrayDataReference(_picked);
        int lanes = _lanes.Length;
        for (int i = 0; i < hashes.Length; i++)
        {
            int lane = KeyGroups.LaneOf(KeyGroups.GroupOf(hashes[i]), lanes);
            int end = Unsafe.Add(ref ends, lane);
            Unsafe.Add(ref picked, end) = (ushort)i;
            Unsafe.Add(ref ends, lane) = end + 1;
        }
    }

    // A counter in memory that two records in a row add to costs the processor a wait for each.
    private void PickPiece(ReadOnlySpan<ulong> hashes, int from)
    {
        ref int ends = ref MemoryMarshal.GetArrayDataReference(_ends);
        ref ushort picked = ref MemoryMarshal.GetArrayDataReference(_picked);
        int lanes = _lanes.Length;
        ulong counters = 0;
        for (int i = 0; i < hashes.Length; i++)
        {
            int lane = KeyGroups.LaneOf(KeyGroups.GroupOf(hashes[i]), lanes);
            int counter = lane * 8;
            Unsafe.Add(ref picked, Unsafe.Add(ref ends, lane) + (byte)(counters >> counter)) = (ushort)(from + i);
            counters += 1UL << counter;
        }

        for (int lane = 0; lane < lanes; lane++, counters >>= 8)
        {
            _ends[lane] += (byte)counters;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Aggregation;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Adds records that do no more than extend the only session of their key, as most do.</summary>
/// <remarks>
/// Three loops, each over a run of records: the first finds the sessions, the second moves their ends, and the third,
/// which calls the user's code, adds to their accumulators. A record that the aggregator refuses has its session
/// extended all the same, so this way is open only where that ends the job.
/// </remarks>
internal sealed class SessionFiller<TKey, TIn, TAcc, TOut, TAggregator>(
    TAggregator aggregator, SessionStore<TKey, TAcc, TOut> sessions, long gap, OperatorContext context)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    // How many sessions are looked for at once: what is known of so many stays in the nearest cache.
    private const int Ahead = 128;

    private readonly TAggregator _aggregator = aggregator;
    private readonly int[] _ids = new int[context.BatchSize];
    private int _to;
    private int _removed;
    private int _at;

    /// <summary>Begins with another batch.</summary>
    public void Start() => _to = 0;

    /// <summary>
    /// Adds records from one on, and returns the first that does something else than to extend a session.
    /// </summary>
    public int Fill(KeyedBatch<TKey, TIn> batch, int from)
    {
        int at = from;
        while (at < batch.Count)
        {
            Find(batch, at);
            int length = _to - at;
            int to = at + sessions.Extend(
                _ids.AsSpan(at, length),
                batch.Keys.AsSpan(at, length),
                batch.Records.Timestamps.AsSpan(at, length),
                gap);
            Add(batch, at, to);
            at = to;
            if (at < _to)
            {
                break;
            }
        }

        return at;
    }

    // Finds the sessions of the next records, unless that is done: several at once, so that their waits for memory
    // overlap. What was found holds until a session is removed; a session opened meanwhile is found too late, which
    // costs its record the longer way.
    private void Find(KeyedBatch<TKey, TIn> batch, int at)
    {
        if (at >= _to || sessions.Removed != _removed)
        {
            _to = Math.Min(at + Ahead, batch.Count);
            _removed = sessions.Removed;
            sessions.FindLikely(batch.Hashes.AsSpan(at, _to - at), _ids.AsSpan(at, _to - at));
        }
    }

    private void Add(KeyedBatch<TKey, TIn> batch, int from, int to)
    {
        _at = from;
        try
        {
            AddRecords(batch, to);
        }
        catch (Exception exception)
        {
            context.Report(
                exception,
                batch.Records.Values[_at],
                batch.Records.Timestamps[_at],
                batch.Keys[_at]?.ToString());
            throw; // The policy is to fail, or this way would not have been taken.
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddRecords(KeyedBatch<TKey, TIn> batch, int to)
    {
        ref Session<TKey, TAcc> first = ref sessions.At(0);
        ref int ids = ref MemoryMarshal.GetArrayDataReference(_ids);
        ref TIn values = ref MemoryMarshal.GetArrayDataReference(batch.Records.Values);
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps);
        for (int i = _at; i < to; i++)
        {
            _at = i;
            _aggregator.Add(
                ref Unsafe.Add(ref first, Unsafe.Add(ref ids, i)).Accumulator,
                in Unsafe.Add(ref values, i),
                in Unsafe.Add(ref timestamps, i));
        }
    }
}

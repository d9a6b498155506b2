using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>Adds the records of a batch to the accumulators of a slice.</summary>
/// <remarks>
/// Three ways lead there. Where nothing but the accumulators is to be remembered, records that are values are added one
/// by one in a loop that the JIT compiles as a whole, and records that are references column by column (see
/// <see cref="IWindowAggregator{TIn,TAcc,TOut}"/>). Where more must be known, because early results look for changes or
/// because a record that fails must leave no trace, each record is added with care.
/// </remarks>
internal sealed class SliceFiller<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _aggregator;
    private readonly OperatorContext _context;
    private readonly bool _followsVersions;
    private readonly bool _registers;
    private readonly bool _careful;
    private readonly int[] _indexes;
    private int _at;

    /// <param name="aggregator">The aggregator.</param>
    /// <param name="followsVersions">Whether every change is noted, because early results look for changes.</param>
    /// <param name="registers">Whether it is noted when each key came first, because windows share slices.</param>
    /// <param name="context">The surroundings.</param>
    public SliceFiller(TAggregator aggregator, bool followsVersions, bool registers, OperatorContext context)
    {
        _aggregator = aggregator;
        _followsVersions = followsVersions;
        _registers = registers;
        _context = context;
        _careful = followsVersions || context.GoesOnAfterErrors;
        _indexes = typeof(TIn).IsValueType ? [] : new int[context.BatchSize];
    }

    /// <summary>Grows with every change of content, where changes are followed.</summary>
    public long Version { get; private set; }

    /// <summary>How many keys have come first to some slice.</summary>
    public long Registrations { get; private set; }

    /// <summary>How many keys this one has added to some slice.</summary>
    public long Added { get; private set; }

    /// <summary>Goes on counting from where it was.</summary>
    public void Restore(long version, long registrations) => (Version, Registrations) = (version, registrations);

    /// <summary>
    /// Adds the records from one on while they lie in the slice, and returns the first that does not.
    /// </summary>
    public int Fill(Slice<TKey, TAcc> slice, long start, ulong length, KeyedBatch<TKey, TIn> batch, int from)
    {
        _at = from;
        if (_careful)
        {
            while (_at < batch.Count && (ulong)(batch.Records.Timestamps[_at] - start) < length)
            {
                TryAdd(slice, batch, _at, out _, out _);
                _at++;
            }

            return _at;
        }

        try
        {
            if (typeof(TIn).IsValueType)
            {
                AddRecords(slice, start, length, batch);
            }
            else
            {
                AddColumns(slice, start, length, batch);
            }

            return _at;
        }
        catch (Exception exception)
        {
            Report(exception, batch, _at);
            throw; // The policy is to fail, or this way would not have been taken.
        }
    }

    /// <summary>Adds one record; false where its aggregator refused it, and then it leaves no trace.</summary>
    public bool TryAdd(
        Slice<TKey, TAcc> slice,
        KeyedBatch<TKey, TIn> batch,
        int at,
        out int index,
        out bool added)
    {
        index = IndexOf(slice, batch.Keys[at], batch.Hashes[at], out added);
        ref TAcc accumulator = ref slice.Table.At(index).Value;

        TAcc before = accumulator;
        try
        {
            _aggregator.Add(ref accumulator, in batch.Records.Values[at], batch.Records.Timestamps[at]);
        }
        catch (Exception exception)
        {
            accumulator = before;
            if (added)
            {
                slice.RemoveAt(index);
            }

            Report(exception, batch, at);
            return false;
        }

        if (_followsVersions)
        {
            slice.SetVersion(index, ++Version);
        }

        return true;
    }

    // The loop that decides how fast the engine is. The columns are as long as the batch says, so references take the
    // place of checked indexing.
    private void AddRecords(Slice<TKey, TAcc> slice, long start, ulong length, KeyedBatch<TKey, TIn> batch)
    {
        KeyTable<TKey, TAcc> table = slice.Table;
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps);
        ref TIn values = ref MemoryMarshal.GetArrayDataReference(batch.Records.Values);
        ref TKey keys = ref MemoryMarshal.GetArrayDataReference(batch.Keys);
        ref ulong hashes = ref MemoryMarshal.GetArrayDataReference(batch.Hashes);
        ref KeyTable<TKey, TAcc>.Entry entry = ref Unsafe.NullRef<KeyTable<TKey, TAcc>.Entry>();
        TAggregator aggregator = _aggregator;
        int count = batch.Count;
        for (int i = _at; i < count; i++)
        {
            _at = i;
            long timestamp = Unsafe.Add(ref timestamps, i);
            if ((ulong)(timestamp - start) >= length)
            {
                return;
            }

            // There is one key only where a stream is not parted: its entry stays the same.
            if (typeof(TKey) != typeof(Unit) || Unsafe.IsNullRef(ref entry))
            {
                TKey key = Unsafe.Add(ref keys, i);
                ulong hash = Unsafe.Add(ref hashes, i);
                entry = ref table.FindAtHome(key, hash);
                if (Unsafe.IsNullRef(ref entry))
                {
                    entry = ref table.At(IndexOf(slice, key, hash, out _));
                }
            }

            aggregator.Add(ref entry.Value, in Unsafe.Add(ref values, i), timestamp);
        }

        _at = count;
    }

    // First the place of every record, then each aggregate over the whole run.
    private void AddColumns(Slice<TKey, TAcc> slice, long start, ulong length, KeyedBatch<TKey, TIn> batch)
    {
        KeyTable<TKey, TAcc> table = slice.Table;
        int from = _at;
        int to = RunEnd(batch.Records.Timestamps.AsSpan(0, batch.Count), start, length);
        if (from == to)
        {
            return;
        }

        Span<int> indexes = _indexes.AsSpan(from, to - from);
        if (typeof(TKey) == typeof(Unit))
        {
            indexes.Fill(IndexOf(slice, batch.Keys[from], batch.Hashes[from], out _));
        }
        else
        {
            for (int i = 0; i < indexes.Length; i++)
            {
                indexes[i] = IndexOf(slice, batch.Keys[from + i], batch.Hashes[from + i], out _);
            }
        }

        int position = 0;
        try
        {
            nint stride = Unsafe.SizeOf<KeyTable<TKey, TAcc>.Entry>();
            var run = new Run<TIn>(
                batch.Records.Values.AsSpan(from, to - from),
                indexes,
                batch.Records.Timestamps.AsSpan(from, to - from),
                ref position);
            _aggregator.AddRun(new Accumulators<TAcc>(ref table.At(0).Value, stride), run);
            position = to - from;
        }
        finally
        {
            _at = from + position;
        }
    }

    private int RunEnd(ReadOnlySpan<long> timestamps, long start, ulong length)
    {
        int i = _at;
        while (i < timestamps.Length && (ulong)(timestamps[i] - start) < length)
        {
            i++;
        }

        return i;
    }

    private int IndexOf(Slice<TKey, TAcc> slice, TKey key, ulong hash, out bool added)
    {
        int index = slice.Table.FindOrAdd(key, hash, out added);
        if (added)
        {
            Added++;
            slice.Table.At(index).Value = _aggregator.Create();
            if (_registers)
            {
                slice.SetRegistered(index, ++Registrations);
            }
        }

        return index;
    }

    private void Report(Exception exception, KeyedBatch<TKey, TIn> batch, int at) => _context.Report(
        exception, batch.Records.Values[at], batch.Records.Timestamps[at], batch.Keys[at]?.ToString());
}

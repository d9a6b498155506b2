using System.Diagnostics;
using System.Numerics;
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
    // So few that entries are still in the nearest cache when, found, they are added to.
    private const int RunLength = 256;

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
        _indexes = new int[context.BatchSize];
    }

    /// <summary>Whether records of several slices can be added in one go.</summary>
    public bool TakesMixtures => !_careful;

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

        int most = typeof(TKey) == typeof(Unit) ? batch.Count - from : Math.Min(batch.Count - from, RunLength);
        int to = RunEnd(batch.Records.Timestamps.AsSpan(0, from + most), from, start, length);
        try
        {
            Locate(slice, batch, from, to);
            _at = from;
            if (typeof(TIn).IsValueType)
            {
                AddRecords(slice, batch, to);
            }
            else
            {
                AddColumns(slice, batch, to);
            }

            return _at;
        }
        catch (Exception exception)
        {
            Report(exception, batch, _at);
            throw; // The policy is to fail, or this way would not have been taken.
        }
    }

    /// <summary>
    /// Adds the records from one on, each to its slice, and returns the first whose slice the mixture does not know.
    /// </summary>
    public int Fill(SliceMixture<TKey, TAcc> slices, KeyedBatch<TKey, TIn> batch, int from)
    {
        try
        {
            int to = Locate(slices, batch, from, Math.Min(from + RunLength, batch.Count));
            _at = from;
            AddMixture(slices, batch, to);
            return to;
        }
        catch (Exception exception)
        {
            Report(exception, batch, _at);
            throw;
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
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddRecords(Slice<TKey, TAcc> slice, KeyedBatch<TKey, TIn> batch, int to)
    {
        ref int indexes = ref MemoryMarshal.GetArrayDataReference(_indexes);
        ref TIn values = ref MemoryMarshal.GetArrayDataReference(batch.Records.Values);
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps);
        ref KeyTable<TKey, TAcc>.Entry entries = ref slice.Table.At(0);
        for (int i = _at; i < to; i++)
        {
            _at = i;
            _aggregator.Add(
                ref Unsafe.Add(ref entries, Unsafe.Add(ref indexes, i)).Value,
                in Unsafe.Add(ref values, i),
                in Unsafe.Add(ref timestamps, i));
        }

        _at = to;
    }

    // Each aggregate over the whole run.
    private void AddColumns(Slice<TKey, TAcc> slice, KeyedBatch<TKey, TIn> batch, int to)
    {
        int from = _at;
        int position = 0;
        try
        {
            nint stride = Unsafe.SizeOf<KeyTable<TKey, TAcc>.Entry>();
            var run = new Run<TIn>(
                batch.Records.Values.AsSpan(from, to - from),
                _indexes.AsSpan(from, to - from),
                batch.Records.Timestamps.AsSpan(from, to - from),
                ref position,
                isOne: typeof(TKey) == typeof(Unit));
            _aggregator.AddRun(new Accumulators<TAcc>(ref slice.Table.At(0).Value, stride), run);
            position = to - from;
        }
        finally
        {
            _at = from + position;
        }
    }

    // The place of every record of a run: that loop touches nothing but keys, and the next one nothing but
    // accumulators, so the waits for memory of many records overlap in each.
    private void Locate(Slice<TKey, TAcc> slice, KeyedBatch<TKey, TIn> batch, int from, int to)
    {
        ReadOnlySpan<TKey> keys = batch.Keys.AsSpan(from, to - from);
        ReadOnlySpan<ulong> hashes = batch.Hashes.AsSpan(from, to - from);
        Span<int> indexes = _indexes.AsSpan(from, to - from);
        if (typeof(TKey) == typeof(Unit))
        {
            // There is one entry, so all indexes are and stay what they were made with.
            int index = Add(slice, keys[0], hashes[0], from);
            Debug.Assert(index == 0, "the one key is the first");
        }
        else if (slice.Table.IsLarge)
        {
            LocateFar(slice, keys, hashes, indexes, from);
        }
        else
        {
            for (int i = 0; (i += slice.Table.FindRun(keys[i..], hashes[i..], indexes[i..])) < keys.Length; i++)
            {
                indexes[i] = Add(slice, keys[i], hashes[i], from + i);
            }
        }
    }

    private void LocateFar(
        Slice<TKey, TAcc> slice, ReadOnlySpan<TKey> keys, ReadOnlySpan<ulong> hashes, Span<int> indexes, int from)
    {
        slice.Table.FindLikely(hashes, indexes);
        for (int i = 0; i < keys.Length; i++)
        {
            if (indexes[i] < 0 || !KeyTable<TKey, TAcc>.SameKey(slice.Table.At(indexes[i]).Key, keys[i]))
            {
                indexes[i] = Add(slice, keys[i], hashes[i], from + i);
            }
        }
    }

    private int Locate(SliceMixture<TKey, TAcc> slices, KeyedBatch<TKey, TIn> batch, int from, int to)
    {
        while (true)
        {
            int length = to - from;
            from += slices.Find(
                from,
                batch.Keys.AsSpan(from, length),
                batch.Hashes.AsSpan(from, length),
                _indexes.AsSpan(from, length));
            if (from == to || slices[from] is not { } slice)
            {
                return from;
            }

            _indexes[from] = Add(slice, batch.Keys[from], batch.Hashes[from], from);
            from++;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddMixture(SliceMixture<TKey, TAcc> slices, KeyedBatch<TKey, TIn> batch, int to)
    {
        ref int indexes = ref MemoryMarshal.GetArrayDataReference(_indexes);
        ref TIn values = ref MemoryMarshal.GetArrayDataReference(batch.Records.Values);
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps);
        for (int i = _at; i < to; i++)
        {
            _at = i;
            _aggregator.Add(
                ref slices.TableOf(i).At(Unsafe.Add(ref indexes, i)).Value,
                in Unsafe.Add(ref values, i),
                in Unsafe.Add(ref timestamps, i));
        }
    }

    // Where the first record behind some other lies outside of the slice.
    private static int RunEnd(ReadOnlySpan<long> timestamps, int from, long start, ulong length)
    {
        int i = from;
        int lastVector = timestamps.Length - Vector<long>.Count;
        var starts = new Vector<long>(start);
        var lengths = new Vector<ulong>(length);
        while (i <= lastVector
            && Vector.LessThanAll(Vector.AsVectorUInt64(new Vector<long>(timestamps[i..]) - starts), lengths))
        {
            i += Vector<long>.Count;
        }

        while (i < timestamps.Length && (ulong)(timestamps[i] - start) < length)
        {
            i++;
        }

        return i;
    }

    // The index of a key that is probably new; its record is named should its accumulator not come into being.
    private int Add(Slice<TKey, TAcc> slice, TKey key, ulong hash, int at)
    {
        _at = at;
        return IndexOf(slice, key, hash, out _);
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

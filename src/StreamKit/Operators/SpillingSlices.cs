using System.Buffers;
using System.Runtime.CompilerServices;
using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>Keeps the slices of one lane within its share of the memory, by spilling the largest.</summary>
/// <remarks>
/// Accumulators can be merged in their order and a new one is neutral, so nothing has to be looked up outside of memory
/// while records come: a table that is spilled is written as a run and begins empty, and the runs are merged when the
/// window closes. A run has a section for each key group, so all of that needs memory for one group at a time. So that
/// runs neither grow in number nor repeat the same keys for ever, each <see cref="RunsOfALevel"/> of one level are
/// merged into one of the next (P. O'Neil et al., "The log-structured merge-tree", Acta Informatica 33, 1996).
/// </remarks>
internal sealed class SpillingSlices<TKey, TAcc, TOut, TMonoid>(
    TMonoid monoid, SliceStore<TKey, TAcc, TOut> store, StateSpace space, OperatorContext context)
    where TMonoid : struct, IMonoid<TAcc>
{
    private const int RunsOfALevel = 8;
    private const int MostSamples = 16;

    private static readonly bool s_refers =
        RuntimeHelpers.IsReferenceOrContainsReferences<KeyTable<TKey, TAcc>.Entry>();

    private readonly StateShare _share = space.OpenShare();
    private readonly ArrayBufferWriter<byte> _section = new();
    private readonly Slice<TKey, TAcc> _merged = new();
    private long _referred;

    /// <summary>Has too much state, once it is spilled, leave memory; called when no work is half done.</summary>
    /// <param name="others">What the operator holds besides slices.</param>
    /// <param name="dropOthers">Gives that up; the bytes that are left of it.</param>
    public void Fit(long others, Func<long> dropOthers)
    {
        Measure(others);
        if (!_share.MustSpill)
        {
            return;
        }

        store.DropSpares();
        others = dropOthers();
        Measure(others);
        while (_share.MustSpill && Largest() is { } slice)
        {
            if (slice.Table.Count > 0)
            {
                Spill(slice);
            }
            else
            {
                // It grew for records that have stopped coming.
                slice.GiveBack();
            }

            Measure(others);
        }
    }

    /// <summary>Writes what a slice holds, in memory and outside, as if it had never been spilled.</summary>
    /// <param name="snapshot">Where it goes.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="windows">How many windows there are over it.</param>
    /// <param name="registers">Whether it is noted when each key came; else the keys get their turn here.</param>
    /// <exception cref="StreamException">
    /// What there is of a key cannot be merged: saved without it, it would begin anew and say something wrong.
    /// </exception>
    public void Save(OperatorSnapshot snapshot, Slice<TKey, TAcc> slice, int windows, bool registers)
    {
        var head = new SavedSlice(slice.Bounds, slice.FirstEnd, windows, HasEntered: false);
        var byGroup = EntriesByGroup.Of<TKey, TAcc>(slice.Table.Entries, context.HashSeed);
        var reader = new SpilledReader<TKey, TAcc, TMonoid>(monoid, context.HashSeed);
        long before = 0;
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            bool isWhole = TryPut(ref reader, slice.Runs, group, out TKey failed, out Exception? failure);
            foreach (int index in isWhole ? byGroup[group] : [])
            {
                ref KeyTable<TKey, TAcc>.Entry entry = ref slice.Table.At(index);
                if (!TryPut(entry.Key, entry.Hash, slice.RegisteredOf(index), in entry.Value, out failure))
                {
                    failed = entry.Key;
                    break;
                }
            }

            if (failure is not null)
            {
                _merged.Close();
                throw new StreamException(context.Name, failed?.ToString(), null, failure);
            }

            WriteGroup(snapshot, group, head, registers, before);
            before += _merged.Table.Count;
            _merged.Close();
        }
    }

    /// <summary>Whether so many bytes more would be too many.</summary>
    public bool WouldSpill(long more) => _share.WouldSpill(more);

    private void Measure(long others)
    {
        long bytes = others + store.SpareBytes;
        long count = 0;
        Slice<TKey, TAcc>? fullest = null;
        foreach (Slice<TKey, TAcc> slice in store.Slices)
        {
            bytes += slice.BytesAfter(context.BatchSize);
            count += slice.Table.Count;
            if (slice.Table.Count > (fullest?.Table.Count ?? 0))
            {
                fullest = slice;
            }
        }

        if (s_refers && fullest is not null)
        {
            _referred = ReferredBytes(fullest.Table);
        }

        _share.Set(bytes + (count * _referred));
    }

    // What an entry refers to, from a few: as long as it is when written, twice for text, and the head of an object.
    private long ReferredBytes(KeyTable<TKey, TAcc> table)
    {
        int samples = Math.Min(MostSamples, table.Count);
        var schemas = new StateSchemas(space.Types);
        _section.ResetWrittenCount();
        var writer = new StateWriter(_section, schemas);
        StateSerializer<TKey> keys = writer.Schema<TKey>();
        for (int i = 0; i < samples; i++)
        {
            ref KeyTable<TKey, TAcc>.Entry entry = ref table.At((int)((long)table.Count * i / samples));
            writer.Payload(keys, in entry.Key);
            monoid.Write(ref writer, in entry.Value);
        }

        writer.Flush();
        return (2L * _section.WrittenCount / samples) + 32;
    }

    private void WriteGroup(OperatorSnapshot snapshot, int group, SavedSlice head, bool registers, long before)
    {
        if (_merged.Table.Count == 0)
        {
            return;
        }

        StateWriter writer = snapshot.GroupOf(group);
        writer.Write((int)SavedSection.Slice);
        head.Write(ref writer);
        writer.Write(_merged.Table.Count);
        StateSerializer<TKey> keys = writer.Schema<TKey>();
        for (int i = 0; i < _merged.Table.Count; i++)
        {
            writer.Write(registers ? _merged.RegisteredOf(i) : before + i);
            writer.Payload(keys, in _merged.Table.At(i).Key);
            monoid.Write(ref writer, in _merged.Table.At(i).Value);
        }

        writer.Flush();
    }

    private Slice<TKey, TAcc>? Largest()
    {
        Slice<TKey, TAcc>? largest = null;
        long most = -1;
        foreach (Slice<TKey, TAcc> slice in store.Slices)
        {
            long bytes = slice.BytesAfter(context.BatchSize) + (slice.Table.Count * _referred);
            if (bytes > most && (slice.Table.Count > 0 || slice.Table.HasGrown))
            {
                (largest, most) = (slice, bytes);
            }
        }

        return largest;
    }

    private void Spill(Slice<TKey, TAcc> slice)
    {
        var byGroup = EntriesByGroup.Of<TKey, TAcc>(slice.Table.Entries, context.HashSeed);
        var schemas = new StateSchemas(space.Types);
        using IStateRunWriter writer = _share.Begin();
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            WriteSection(writer, schemas, slice, byGroup[group]);
        }

        slice.Runs.Add(new SpilledRun(writer.Complete(), schemas, slice.Table.Count, level: 0));
        slice.Table.Clear();
        while (Last(slice.Runs) is { } equals && TryMerge(slice, equals))
        {
            // The run that came of it may be the last that its level was short of.
        }
    }

    private void WriteSection(
        IStateRunWriter writer, StateSchemas schemas, Slice<TKey, TAcc> slice, ReadOnlySpan<int> indexes)
    {
        _section.ResetWrittenCount();
        if (!indexes.IsEmpty)
        {
            var section = new StateWriter(_section, schemas);
            SpilledSection.Write(ref section, slice, indexes, monoid);
            section.Flush();
        }

        writer.Write(_section.WrittenSpan);
    }

    // The last runs, where they are as many as are merged and of one level.
    private static SpilledRun[]? Last(List<SpilledRun> runs) =>
        runs.Count >= RunsOfALevel && runs[^RunsOfALevel].Level == runs[^1].Level ? [.. runs[^RunsOfALevel..]] : null;

    // False where some accumulators cannot be merged: that is for the window to say when it closes.
    private bool TryMerge(Slice<TKey, TAcc> slice, SpilledRun[] runs)
    {
        var schemas = new StateSchemas(space.Types);
        var reader = new SpilledReader<TKey, TAcc, TMonoid>(monoid, context.HashSeed);
        using IStateRunWriter writer = _share.Begin();
        long entries = 0;
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            if (!TryPut(ref reader, runs, group, out _, out _))
            {
                _merged.Close();
                return false;
            }

            entries += _merged.Table.Count;
            WriteSection(writer, schemas, _merged, [.. Enumerable.Range(0, _merged.Table.Count)]);
            _merged.Close();
        }

        var all = new SpilledRun(writer.Complete(), schemas, entries, runs[0].Level + 1);
        slice.Runs.RemoveRange(slice.Runs.Count - runs.Length, runs.Length);
        slice.Runs.Add(all);
        Array.ForEach(runs, static run => run.Dispose());
        return true;
    }

    private bool TryPut(
        ref SpilledReader<TKey, TAcc, TMonoid> reader,
        IReadOnlyList<SpilledRun> runs,
        int group,
        out TKey failed,
        out Exception? failure)
    {
        foreach (SpilledRun run in runs)
        {
            reader.Open(run, group);
            while (reader.TryRead(out failed, out ulong hash, out long registered, out TAcc value))
            {
                if (!TryPut(failed, hash, registered, in value, out failure))
                {
                    return false;
                }
            }
        }

        (failed, failure) = (default!, null); // Nobody looks at it.
        return true;
    }

    private bool TryPut(TKey key, ulong hash, long registered, in TAcc value, out Exception? failure)
    {
        failure = null;
        int index = _merged.Table.FindOrAdd(key, hash, out bool added);
        ref TAcc into = ref _merged.Table.At(index).Value;
        if (added)
        {
            into = value;
            _merged.SetRegistered(index, registered);
            return true;
        }

        try
        {
            monoid.Merge(ref into, in value);
        }
        catch (Exception exception)
        {
            failure = exception;
            return false;
        }

        _merged.SetRegistered(index, Math.Min(registered, _merged.RegisteredOf(index)));
        return true;
    }
}

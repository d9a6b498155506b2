using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <content>
/// What is saved: the records that wait, with the order in which they came, and the records of each key that are looked
/// back on. When these can be forgotten follows from their times.
/// </content>
internal sealed partial class LookBackOperator<TKey, TIn, TAcc, TOut, TAggregator, TResult> : IStateful
{
    public string StateKind => "look-back";

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        needs.Add<TIn>();
        _aggregator.DeclareNeeds(needs);
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        WriteTime(ref own);
        own.Write(_windows.Length);
        own.Write(_arrivals);
        own.Flush();
        foreach ((LookBackRecord<TKey, TIn> record, (long _, long arrival)) in _waiting.UnorderedItems)
        {
            StateWriter writer = snapshot.Group(record.Hash);
            writer.Write(true);
            writer.Write(arrival);
            writer.Write(record.Timestamp);
            writer.Payload(writer.Schema<TKey>(), record.Key);
            writer.Value(record.Value);
            writer.Flush();
        }

        for (int i = 0; i < _keys.Count; i++)
        {
            LookBackKey<TKey, TAcc, TAggregator> key = _keys.At(i).Value;
            StateWriter writer = snapshot.Group(key.Hash);
            writer.Write(false);
            writer.Payload(writer.Schema<TKey>(), key.Key);
            key.Records.Write(ref writer);
            writer.Flush();
        }
    }

    public void Restore(OperatorState state)
    {
        var waiting = new List<(long Arrival, LookBackRecord<TKey, TIn> Record)>();
        var keys = new SavedKeys<TKey>(Context.HashSeed);
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader own = state.Parts[lane].Own();
            ReadTime(ref own, isFirst: lane == 0);
            if (own.ReadInt64() != _windows.Length)
            {
                throw new StateException("It was saved by windows of another length: give the step another name.");
            }

            _arrivals = Math.Max(_arrivals, own.ReadInt64());
        }

        state.ReadGroups((ref reader, group) =>
        {
            if (reader.ReadBoolean())
            {
                waiting.Add(ReadWaiting(ref reader, keys, group));
            }
            else
            {
                ReadKey(ref reader, keys, group);
            }
        });

        // Several lanes counted each for itself: first what they say, then the order of the lanes.
        bool isOne = state.Parts.Count == 1;
        long next = 0;
        foreach ((long arrival, LookBackRecord<TKey, TIn> record) in waiting.OrderBy(static one => one.Arrival))
        {
            _waiting.Enqueue(record, (record.Timestamp, isOne ? arrival : next++));
        }

        _arrivals = isOne ? _arrivals : next;
        ForgetInTime();
        Count();
    }

    private static (long Arrival, LookBackRecord<TKey, TIn> Record) ReadWaiting(
        ref StateReader reader, SavedKeys<TKey> keys, int group)
    {
        long arrival = reader.ReadInt64(), timestamp = reader.ReadInt64();
        TKey key = keys.Read(ref reader, reader.Schema<TKey>(), group, out ulong hash);
        return (arrival, new LookBackRecord<TKey, TIn>(key, hash, timestamp, reader.Value<TIn>()));
    }

    private void ReadKey(ref StateReader reader, SavedKeys<TKey> keys, int group)
    {
        TKey key = keys.Read(ref reader, reader.Schema<TKey>(), group, out ulong hash);
        var saved = new LookBackKey<TKey, TAcc, TAggregator>(key, hash, _aggregator, _form);
        saved.Records.Read(ref reader);
        int index = _keys.FindOrAdd(key, hash, out bool added);
        _keys.At(index).Value = added ? saved : throw StateException.Damaged("a key is there twice");
    }

    private void ForgetInTime()
    {
        for (int i = 0; i < _keys.Count; i++)
        {
            LookBackKey<TKey, TAcc, TAggregator> key = _keys.At(i).Value;
            foreach (long time in key.Records.Times)
            {
                _toForget.Enqueue((time, key));
            }
        }

        var sorted = _toForget.OrderBy(static one => one.Time).ToList();
        _toForget.Clear();
        sorted.ForEach(_toForget.Enqueue);
    }
}

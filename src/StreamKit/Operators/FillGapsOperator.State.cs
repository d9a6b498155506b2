using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <content>What is saved: the keys with their windows, in the order in which they are looked at.</content>
internal sealed partial class FillGapsOperator<TKey, TValue> : IStateful
{
    public string StateKind => "gaps";

    // What the meaning of the windows that are remembered depends on.
    private (long Size, long Every, long EndsAt, long Lateness) Settings =>
        (_size, _every, _endsAt, _options.LatenessTicks);

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        needs.Add<TValue>();
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        own.Write(_watermark);
        own.Write(_size);
        own.Write(_every);
        own.Write(_endsAt);
        own.Write(_options.LatenessTicks);
        own.Flush();

        foreach (ref readonly KeyTable<TKey, KeyGaps<TKey, TValue>>.Entry entry in _keys.Entries)
        {
            StateWriter writer = snapshot.Group(entry.Value.Hash);
            entry.Value.Write(ref writer);
            writer.Flush();
        }
    }

    public void Restore(OperatorState state)
    {
        _watermark = long.MaxValue;
        foreach (StatePart part in state.Parts)
        {
            StateReader own = part.Own();
            _watermark = Math.Min(_watermark, own.ReadInt64());
            if ((own.ReadInt64(), own.ReadInt64(), own.ReadInt64(), own.ReadInt64()) != Settings)
            {
                throw new StateException(
                    "It was saved behind windows of another size, or that accepted late records for another time, and "
                        + "would find gaps where none are: give the step another name, or the windows that it had.");
            }
        }

        var keys = new SavedKeys<TKey>(_context.HashSeed);
        var saved = new List<KeyGaps<TKey, TValue>>();
        state.ReadGroups((ref StateReader reader, int group) =>
            saved.Add(KeyGaps<TKey, TValue>.Read(ref reader, keys, group)));
        foreach (KeyGaps<TKey, TValue> key in saved.OrderBy(static key => key.Turn))
        {
            _keys.At(_keys.FindOrAdd(key.Key, key.Hash, out bool added)).Value = key;
            if (!added)
            {
                throw StateException.Damaged("a key is remembered twice");
            }

            AddDue(key);
        }

        _context.Counters.Watermark = _watermark;
        _context.Counters.Keys = _keys.Count;
    }
}

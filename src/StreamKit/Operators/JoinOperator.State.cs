using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <content>
/// What is saved: the slices with the records of both sides. Which windows are open, and which have said their pairs,
/// follows from the slices and the watermark.
/// </content>
internal sealed partial class JoinOperator<TKey, TLeft, TRight, TOut> : IStateful
{
    public string StateKind => "join";

    // What the meaning of the records that are kept depends on.
    private (long Lateness, bool KeepsTimestamps) Settings => (_options.LatenessTicks, _store.KeepsTimestamps);

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        needs.Add<TLeft>();
        needs.Add<TRight>();
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        own.Write(_watermark);
        own.Write(Settings.Lateness);
        own.Write(Settings.KeepsTimestamps);
        own.Flush();
        foreach (JoinSlice<TKey, TLeft, TRight> slice in _store.Slices)
        {
            slice.Save(snapshot, _filler.WindowsOver(slice.Bounds).Count, _context.HashSeed);
        }
    }

    public void Restore(OperatorState state)
    {
        _watermark = long.MaxValue;
        foreach (StatePart part in state.Parts)
        {
            StateReader own = part.Own();
            _watermark = Math.Min(_watermark, own.ReadInt64());
            if ((own.ReadInt64(), own.ReadBoolean()) != Settings)
            {
                throw SavedJoin<TKey, TLeft, TRight>.OfOtherWindows();
            }
        }

        _context.Counters.Watermark = _watermark;
        _filler.OnWatermark(_watermark);
        var saved = new SavedJoin<TKey, TLeft, TRight>(state, _store.KeepsTimestamps, _context.HashSeed);
        foreach (SavedJoinSlice slice in saved.Slices)
        {
            saved.Fill(_filler.TakeUp(slice), slice);
        }

        _context.Counters.OpenWindows = _store.WindowCount;
        _context.Counters.Keys = _store.KeyCount;
    }
}

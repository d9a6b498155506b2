using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <content>What is saved: the keys with their sessions, and where the last one that expired had ended.</content>
internal sealed partial class CappedSessionWindowOperator<TKey, TIn, TAcc, TOut, TAggregator> : IStateful
{
    public string StateKind => "sessions";

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        Aggregator.DeclareNeeds(needs);
        new SavedPanes(Options).Declare<TOut>(needs);
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        WriteTime(ref own);
        WriteSettings(ref own, _cut.Gap, _cut.MaxDuration);
        own.Flush();
        var panes = new SavedPanes(Options);
        foreach (CappedSessions<TKey, TAcc, TOut> sessions in _keys.All)
        {
            StateWriter writer = snapshot.Group(sessions.Hash);
            sessions.Write(ref writer, Aggregator, panes);
            writer.Flush();
        }
    }

    public void Restore(OperatorState state)
    {
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader own = state.Parts[lane].Own();
            ReadTime(ref own, isFirst: lane == 0);
            ReadSettings(ref own, _cut.Gap, _cut.MaxDuration);
        }

        var keys = new SavedKeys<TKey>(Context.HashSeed);
        var panes = new SavedPanes(Options);
        var all = new List<CappedSessions<TKey, TAcc, TOut>>();
        state.ReadGroups((ref StateReader reader, int group) =>
            all.Add(CappedSessions<TKey, TAcc, TOut>.Read(ref reader, Aggregator, keys, group, _cut, panes)));
        _contents.Renumber(all);
        foreach (CappedSessions<TKey, TAcc, TOut> sessions in all)
        {
            _keys.TakeUp(sessions);
            _open += sessions.List.Count;
            sessions.List.ForEach(_due.TakeUp);
        }

        Count();
    }
}

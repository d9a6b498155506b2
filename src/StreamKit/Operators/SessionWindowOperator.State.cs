using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <content>What is saved: the sessions, each with its place in the order of firing.</content>
internal sealed partial class SessionWindowOperator<TKey, TIn, TAcc, TOut, TAggregator> : IStateful
{
    public string StateKind => "sessions";

    private SavedPanes Panes => new(Options);

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        Aggregator.DeclareNeeds(needs);
        Panes.Declare<TOut>(needs);
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        WriteTime(ref own);
        WriteSettings(ref own, _gap);
        own.Flush();
        SavedSession<TKey, TAcc, TOut>[] sessions = _sessions.Copy();
        SavedPanes panes = Panes;
        if (Aggregator.IsPlain && panes.ArePlain<TOut>())
        {
            snapshot.Later(Write);
        }
        else
        {
            Write(snapshot);
        }

        void Write(OperatorSnapshot to)
        {
            KeyHasher<TKey> hasher = KeyHashers.For<TKey>();
            foreach (ref readonly SavedSession<TKey, TAcc, TOut> session in sessions.AsSpan())
            {
                StateWriter writer = to.Group(hasher.Hash(session.Session.Key, Context.HashSeed));
                session.Write(ref writer, Aggregator, panes);
                writer.Flush();
            }
        }
    }

    public void Restore(OperatorState state)
    {
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader own = state.Parts[lane].Own();
            ReadTime(ref own, isFirst: lane == 0);
            ReadSettings(ref own, _gap);
        }

        var keys = new SavedKeys<TKey>(Context.HashSeed);
        var sessions = new List<SavedSession<TKey, TAcc, TOut>>();
        state.ReadGroups((ref StateReader reader, int group) => sessions.Add(
            SavedSession<TKey, TAcc, TOut>.Read(ref reader, Aggregator, keys, group, Panes)));

        // What was made first stands first again, and of several lanes what the first one made.
        foreach (SavedSession<TKey, TAcc, TOut> saved in sessions.OrderBy(static saved => saved.Turn.Order))
        {
            _due.TakeUp(_sessions.TakeUp(in saved), saved.Turn.QueuedAt);
        }

        Count();
    }
}

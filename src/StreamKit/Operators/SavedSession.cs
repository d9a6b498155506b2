using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>A session as it is saved: a copy that nobody changes.</summary>
internal struct SavedSession<TKey, TAcc, TOut>
{
    public Session<TKey, TAcc> Session;

    public SessionTurn Turn;

    public PaneState<TOut> Panes;

    /// <summary>The whole hash of the key, of which a session keeps a half; only where it was read.</summary>
    public ulong Hash;

    public static SavedSession<TKey, TAcc, TOut> Read<TMonoid>(
        ref StateReader reader, TMonoid monoid, SavedKeys<TKey> keys, int group, SavedPanes panes)
        where TMonoid : struct, IMonoid<TAcc>
    {
        var saved = new SavedSession<TKey, TAcc, TOut>();
        saved.Session.Key = keys.Read(ref reader, reader.Schema<TKey>(), group, out saved.Hash);
        saved.Session.Start = reader.ReadInt64();
        saved.Session.End = reader.ReadInt64();
        saved.Session.IsComplete = reader.ReadBoolean();
        saved.Session.IsDirty = reader.ReadBoolean();
        saved.Turn.Order = reader.ReadInt64();
        saved.Turn.QueuedAt = reader.ReadInt64();
        saved.Session.Accumulator = monoid.Read(ref reader);
        saved.Panes = panes.Read<TOut>(ref reader);
        return saved.Session.IsOpen ? saved : throw StateException.Damaged("a session ends before it starts");
    }

    public readonly void Write<TMonoid>(ref StateWriter writer, TMonoid monoid, SavedPanes panes)
        where TMonoid : struct, IMonoid<TAcc>
    {
        writer.Value(Session.Key);
        writer.Write(Session.Start);
        writer.Write(Session.End);
        writer.Write(Session.IsComplete);
        writer.Write(Session.IsDirty);
        writer.Write(Turn.Order);
        writer.Write(Turn.QueuedAt);
        monoid.Write(ref writer, in Session.Accumulator);
        panes.Write(ref writer, in Panes);
    }
}

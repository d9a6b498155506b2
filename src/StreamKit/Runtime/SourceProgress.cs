using StreamKit.Checkpointing;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Runtime;

/// <summary>How far each split of a source has been read, and handed on.</summary>
internal sealed class SourceProgress(string source) : IStateful
{
    // In the order in which they came, those of earlier runs first.
    private readonly Dictionary<string, ManifestPosition> _splits = new(StringComparer.Ordinal);

    public IReadOnlyList<ManifestPosition> Positions => [.. _splits.Values];

    /// <summary>How far a split had been read before; null where nothing is known of it.</summary>
    public ManifestPosition? Find(string split) => _splits.GetValueOrDefault(split);

    /// <summary>Notes a split that has come, and where its next record begins.</summary>
    public void Reach(string split, string? position) =>
        Note(split, position, ended: false);

    public void End(string split) =>
        Note(split, Find(split)?.Position, ended: true);

    /// <summary>Forgets a split that another process goes on with.</summary>
    public void Forget(string split) => _splits.Remove(split);

    public string StateKind => "source";

    public void Declare(StateNeeds needs)
    {
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter writer = snapshot.Own();
        writer.Write(_splits.Count);
        foreach (ManifestPosition split in _splits.Values)
        {
            writer.Write(split.Split);
            writer.Write(split.Position);
            writer.Write(split.Ended);
        }

        writer.Flush();
    }

    public void Restore(OperatorState state)
    {
        StateReader reader = state.Parts[0].Own();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string split = reader.ReadString() ?? throw new StateException($"A split of '{source}' has no name.");
            Note(split, reader.ReadString(), reader.ReadBoolean());
        }
    }

    private void Note(string split, string? position, bool ended) => _splits[split] = new ManifestPosition
    {
        Source = source,
        Split = split,
        Position = position,
        Ended = ended,
    };
}

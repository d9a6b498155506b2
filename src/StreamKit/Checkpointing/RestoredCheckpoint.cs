using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Checkpointing;

/// <summary>A checkpoint that was read from a store, whose state is handed to whoever asks for it by name.</summary>
internal sealed class RestoredCheckpoint
{
    private readonly CheckpointManifest _manifest;
    private readonly StateTypes _types;
    private readonly Dictionary<string, List<(ManifestOperator Index, ReadOnlyMemory<byte> Content)>> _operators =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _new = new(StringComparer.Ordinal);

    public RestoredCheckpoint(
        StoredCheckpoint stored,
        CheckpointManifest manifest,
        IReadOnlyList<(ManifestPart Part, ReadOnlyMemory<byte> Content)> parts,
        StateTypes types)
    {
        (Stored, _manifest, _types) = (stored, manifest, types);
        foreach ((ManifestPart part, ReadOnlyMemory<byte> content) in parts.OrderBy(static part => part.Part.Lane))
        {
            foreach (ManifestOperator index in part.Operators)
            {
                if (!_operators.TryGetValue(index.Name, out var lanes))
                {
                    _operators.Add(index.Name, lanes = []);
                }

                lanes.Add((index, content.Slice(checked((int)index.Offset), checked((int)index.Bytes))));
            }
        }
    }

    /// <summary>Which checkpoint it is.</summary>
    public StoredCheckpoint Stored { get; }

    /// <summary>The seed of the keys' hashes, which the state is laid out by.</summary>
    public ulong HashSeed => _manifest.HashSeed;

    /// <summary>Whether the job had ended, so that there is nothing to go on with.</summary>
    public bool IsFinished => _manifest.Parts.All(static part => part.Finished);

    /// <summary>The names of state that nobody has asked for.</summary>
    public IReadOnlyList<string> Orphans => [.. _operators.Keys.Where(name => !_taken.Contains(name)).Order()];

    /// <summary>The names that somebody has asked for, and that have no state.</summary>
    public IReadOnlyList<string> New => [.. _new.Order(StringComparer.Ordinal)];

    /// <summary>The rules of time zones that windows were cut by.</summary>
    public string TimeZoneRules => _manifest.TimeZoneRules;

    /// <summary>What a subtask takes up under a name; null where nothing was saved.</summary>
    public OperatorState? Find(string name, int lane, int lanes)
    {
        if (!_operators.TryGetValue(name, out var saved))
        {
            _new.Add(name);
            return null;
        }

        // With as many lanes as there were each takes up what it saved itself; with others, each looks at all.
        _taken.Add(name);
        var concerned = saved.Count == lanes ? saved.Slice(lane, 1) : saved;
        return new OperatorState(name, [.. concerned.Select(part => Decode(part.Index, part.Content, lane, lanes))]);
    }

    private StatePart Decode(ManifestOperator index, ReadOnlyMemory<byte> content, int lane, int lanes)
    {
        var reader = new StateReader(content, new StateSchemas(_types));
        StateSchemas schemas = StateSchemas.Read(_types, ref reader);
        ReadOnlyMemory<byte> own = reader.ReadMemory();
        int at = reader.Consumed;
        var groups = new List<(int Group, ReadOnlyMemory<byte> Content)>();
        foreach (ManifestKeyGroup group in index.KeyGroups)
        {
            int length = checked((int)group.Bytes);
            if (KeyGroups.LaneOf(group.Group, lanes) == lane)
            {
                groups.Add((group.Group, content.Slice(at, length)));
            }

            at += length;
        }

        return new StatePart(index.StateVersion, schemas, own) { Groups = groups };
    }
}

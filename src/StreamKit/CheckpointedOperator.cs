using StreamKit.Checkpointing;

namespace StreamKit;

/// <summary>What a checkpoint holds of one operator, on all lanes.</summary>
public sealed record CheckpointedOperator
{
    internal CheckpointedOperator(IReadOnlyList<ManifestOperator> lanes)
    {
        (Name, Kind, Lanes) = (lanes[0].Name, lanes[0].Kind, lanes.Count);
        StateVersion = lanes.Max(static lane => lane.StateVersion);
        Bytes = lanes.Sum(static lane => lane.Bytes);
        KeyGroups = [.. lanes.SelectMany(static lane => lane.KeyGroups).OrderBy(static group => group.Group)];
    }

    /// <summary>The operator's name.</summary>
    public string Name { get; }

    /// <summary>What kind of operator it is.</summary>
    public string Kind { get; }

    /// <summary>The version of the form that its state was written in.</summary>
    public int StateVersion { get; }

    /// <summary>How many lanes stored state of it.</summary>
    public int Lanes { get; }

    /// <summary>How long its state is.</summary>
    public long Bytes { get; }

    /// <summary>The key groups that have state, in order; empty where the state is not by key.</summary>
    public IReadOnlyList<ManifestKeyGroup> KeyGroups { get; }
}

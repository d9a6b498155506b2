namespace StreamKit.Checkpointing;

/// <summary>How much of an operator's state belongs to one key group.</summary>
public readonly record struct ManifestKeyGroup
{
    /// <summary>Names a group and the length of its state.</summary>
    /// <param name="group">The group, from 0.</param>
    /// <param name="bytes">How long its state is.</param>
    public ManifestKeyGroup(int group, long bytes) => (Group, Bytes) = (group, bytes);

    /// <summary>The group, from 0.</summary>
    public int Group { get; }

    /// <summary>How long its state is.</summary>
    public long Bytes { get; }
}

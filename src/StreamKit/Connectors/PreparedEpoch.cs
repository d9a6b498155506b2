namespace StreamKit.Connectors;

/// <summary>What a sink has made ready to be committed: the records between two checkpoints.</summary>
public readonly record struct PreparedEpoch
{
    /// <summary>Names what was made ready.</summary>
    /// <param name="epoch">The number of the epoch.</param>
    /// <param name="handle">What the sink needs to commit it, also in another process.</param>
    public PreparedEpoch(long epoch, ReadOnlyMemory<byte> handle) => (Epoch, Handle) = (epoch, handle);

    /// <summary>The number of the epoch; each is one more than the one before, from 1.</summary>
    public long Epoch { get; }

    /// <summary>What the sink needs to commit it, also in another process; stored in the checkpoint.</summary>
    public ReadOnlyMemory<byte> Handle { get; }
}

namespace StreamKit.Time;

/// <summary>A watermark generator as the engine drives it: a batch at a time, in ticks.</summary>
internal abstract class SplitWatermark<T>
{
    /// <summary>Takes notice of the records whose timestamp may move time, and returns the watermark reached.</summary>
    /// <param name="values">The records.</param>
    /// <param name="timestamps">Their event times, one each.</param>
    public abstract long Advance(ReadOnlySpan<T> values, ReadOnlySpan<long> timestamps);

    /// <summary>What the generator remembers, for a checkpoint.</summary>
    public abstract ReadOnlyMemory<byte> Save();

    /// <summary>Takes up what another generator of the strategy remembered, before the first record.</summary>
    public abstract void Restore(ReadOnlyMemory<byte> state);
}

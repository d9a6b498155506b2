using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>What travels through a channel: a batch or a signal.</summary>
internal readonly struct Element<TBatch>
{
    public Element(TBatch batch) => (IsBatch, Batch) = (true, batch);

    public Element(Signal signal) => (Signal, Batch) = (signal, default!);

    public bool IsBatch { get; }

    public TBatch Batch { get; }

    public Signal Signal { get; }
}

using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Benchmarks;

/// <summary>The end of a chain that only counts.</summary>
internal sealed class CountingReceiver<T> : Receiver<Batch<T>>
{
    public long Records { get; private set; }

    public override bool OnBatch(Batch<T> batch)
    {
        Records += batch.Count;
        batch.Return();
        return true;
    }

    public override bool OnSignal(Signal signal) => true;

    public override bool Resume() => true;
}

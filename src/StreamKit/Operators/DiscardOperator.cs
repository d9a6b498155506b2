using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Takes what nobody consumes, such as an output that a pipeline does not use.</summary>
internal sealed class DiscardOperator<T> : Receiver<Batch<T>>
{
    public override bool OnBatch(Batch<T> batch)
    {
        batch.Return();
        return true;
    }

    public override bool OnSignal(Signal signal) => true;

    public override bool Resume() => true;
}

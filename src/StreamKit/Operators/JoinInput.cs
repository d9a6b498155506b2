using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>The way from one input into a join: says of every batch which input it belongs to.</summary>
internal sealed class JoinInput<TKey, T, TBatch>(Func<KeyedBatch<TKey, T>, TBatch> side, Receiver<TBatch> next)
    : Receiver<KeyedBatch<TKey, T>>
{
    public override long NextTimer => next.NextTimer;

    public override bool HoldsNothing => next.HoldsNothing;

    public override bool OnBatch(KeyedBatch<TKey, T> batch) => next.OnBatch(side(batch));

    public override bool OnSignal(Signal signal) => next.OnSignal(signal);

    public override bool Resume() => next.Resume();
}

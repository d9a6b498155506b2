using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Keeps the splits of several inputs apart where they flow together before they have event time.</summary>
internal sealed class SplitTagOperator<T>(int input, Receiver<Batch<T>> next) : Receiver<Batch<T>>
{
    // Ten bits for the input: more streams than that in one Merge would not be written down by anybody.
    internal const int MaxInputs = 1 << InputBits;
    private const int InputBits = 10;

    public override long NextTimer => next.NextTimer;

    public override bool HoldsNothing => next.HoldsNothing;

    public override bool OnBatch(Batch<T> batch)
    {
        batch.Split = Tag(batch.Split);
        return next.OnBatch(batch);
    }

    public override bool OnSignal(Signal signal) => next.OnSignal(signal.OfSplit(Tag(signal.Split)));

    public override bool Resume() => next.Resume();

    // From one on: number 0 of each input stands for the input itself; see InputMerge.
    private int Tag(int split) => ((split + 1) << InputBits) | (input % MaxInputs);
}

using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Keeps the splits of several inputs apart where they flow together before they have event time.</summary>
/// <remarks>Each split of the input gets a number of its own from a supply that all the inputs share.</remarks>
internal sealed class SplitTagOperator<T>(Func<int> nextNumber, Receiver<Batch<T>> next) : Receiver<Batch<T>>
{
    private readonly Dictionary<int, int> _numbers = [];

    public override long NextTimer => next.NextTimer;

    public override bool HoldsNothing => next.HoldsNothing;

    public override bool OnBatch(Batch<T> batch)
    {
        batch.Split = NumberOf(batch.Split);
        return next.OnBatch(batch);
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.SplitStart or SignalKind.SplitIdle or SignalKind.SplitActive
                or SignalKind.SplitHeld or SignalKind.SplitReleased:
                return next.OnSignal(signal.OfSplit(NumberOf(signal.Split)));
            case SignalKind.SplitEnd or SignalKind.SplitRetired:
                int number = NumberOf(signal.Split);
                _numbers.Remove(signal.Split);
                return next.OnSignal(signal.OfSplit(number));
            default:
                return next.OnSignal(signal);
        }
    }

    public override bool Resume() => next.Resume();

    private int NumberOf(int split)
    {
        if (!_numbers.TryGetValue(split, out int number))
        {
            number = nextNumber();
            _numbers.Add(split, number);
        }

        return number;
    }
}

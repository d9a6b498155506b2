using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Gives every batch and signal to several receivers; the slowest decides how fast.</summary>
internal sealed class ForkOperator<T> : Receiver<Batch<T>>
{
    private readonly Output<Batch<T>>[] _outputs;

    public ForkOperator(IReadOnlyList<Receiver<Batch<T>>> next) =>
        _outputs = [.. next.Select(static n => new Output<Batch<T>>(n))];

    public override long NextTimer => _outputs.Min(static output => output.NextTimer);

    public override bool HoldsNothing => _outputs.All(static output => output.HoldsNothing);

    private bool CanTakeMore => !_outputs.Any(static output => output.IsBlocked);

    public override bool OnBatch(Batch<T> batch)
    {
        foreach (Output<Batch<T>> output in _outputs.AsSpan(1))
        {
            output.Push(batch.Copy());
        }

        _outputs[0].Push(batch);
        return CanTakeMore;
    }

    public override bool OnSignal(Signal signal)
    {
        foreach (Output<Batch<T>> output in _outputs)
        {
            output.Push(signal);
        }

        return CanTakeMore;
    }

    public override bool Resume()
    {
        bool all = true;
        foreach (Output<Batch<T>> output in _outputs)
        {
            all &= output.Resume();
        }

        return all;
    }
}

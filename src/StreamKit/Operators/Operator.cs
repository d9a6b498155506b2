using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>A receiver with one output of whole batches; signals pass through unless it says otherwise.</summary>
internal abstract class Operator<TIn, TOut>(Receiver<TOut> next, OperatorContext context) : Receiver<TIn>
{
    public override long NextTimer => Out.NextTimer;

    public override bool HoldsNothing => Out.HoldsNothing;

    protected OperatorContext Context { get; } = context;

    protected Output<TOut> Out { get; } = new(next);

    public override bool OnSignal(Signal signal)
    {
        Out.Push(signal);
        return !Out.IsBlocked;
    }

    public override bool Resume() => Out.Resume();
}

using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>A subtask without a loop of its own: who sends to it runs it.</summary>
internal sealed class SynchronousStage<TBatch> : ISynchronousStage
{
    private InputMerge<TBatch>? _merge;
    private int _inputs;

    public long NextTimer => Merge.NextTimer;

    public bool HoldsNothing => Merge.HoldsNothing;

    public InputMerge<TBatch> Merge =>
        _merge ?? throw new InvalidOperationException("The chain was used before it was built.");

    public Receiver<TBatch> OpenInput() => new SynchronousEdge<TBatch>(this, _inputs++);

    /// <summary>Begins; all inputs have been opened.</summary>
    public void SetHead(Receiver<TBatch> head, bool inputsHaveSplits) =>
        _merge = new InputMerge<TBatch>(head, inputsHaveSplits);

    public void Begin()
    {
        for (int i = 0; i < _inputs; i++)
        {
            Merge.AddInput();
        }
    }

    public void OnLocalSignal(Signal signal)
    {
        if (!Merge.OnLocalSignal(signal))
        {
            Patience.Until(Merge.Resume);
        }
    }
}

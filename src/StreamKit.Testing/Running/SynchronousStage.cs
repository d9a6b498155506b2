using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Testing.Running;

/// <summary>A subtask without a loop of its own: who sends to it runs it.</summary>
internal sealed class SynchronousStage<TBatch> : ISynchronousStage
{
    private readonly SubtaskState _state;
    private readonly List<string> _senders = [];
    private InputMerge<TBatch>? _merge;

    public SynchronousStage(SubtaskState state) => _state = state;

    public long NextTimer => Merge.NextTimer;

    public bool HoldsNothing => Merge.HoldsNothing;

    public InputMerge<TBatch> Merge =>
        _merge ?? throw new InvalidOperationException("The chain was used before it was built.");

    public Receiver<TBatch> OpenInput(string sender)
    {
        _senders.Add(sender);
        return new SynchronousEdge<TBatch>(this, _senders.Count - 1);
    }

    public void SetHead(Receiver<TBatch> head, string name, bool inputsHaveSplits)
    {
        _merge = new InputMerge<TBatch>(head, inputsHaveSplits);
        _state.Add(name + "/inputs", _merge);
    }

    /// <summary>Begins; all inputs have been opened.</summary>
    public void Begin() => Merge.AddInputs(_senders);

    public void OnLocalSignal(Signal signal)
    {
        if (!Merge.OnLocalSignal(signal))
        {
            Patience.Until(Merge.Resume);
        }
    }
}

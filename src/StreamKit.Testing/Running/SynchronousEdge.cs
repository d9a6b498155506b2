using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>
/// The way from one subtask to another, without a channel between them; watches over who refused and who resumed.
/// </summary>
internal sealed class SynchronousEdge<TBatch>(SynchronousStage<TBatch> stage, int input) : Receiver<TBatch>
{
    private bool _isRefusing;

    public override bool HoldsNothing => stage.HoldsNothing;

    public override bool OnBatch(TBatch batch)
    {
        Check();
        return Answer(stage.Merge.OnBatch(input, batch));
    }

    // What concerns a subtask only does not leave it; the run tells every subtask itself.
    public override bool OnSignal(Signal signal)
    {
        if (signal.IsLocal)
        {
            return !_isRefusing;
        }

        Check();
        return Answer(stage.Merge.OnSignal(input, signal));
    }

    public override bool Resume() => Answer(stage.Merge.Resume());

    private bool Answer(bool canTakeMore)
    {
        _isRefusing = !canTakeMore;
        return canTakeMore;
    }

    private void Check()
    {
        if (_isRefusing)
        {
            throw new StreamTestException("An operator handed something to a receiver that could not take more.");
        }
    }
}

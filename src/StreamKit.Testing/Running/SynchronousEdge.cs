using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>The way from one subtask to another, without a channel between them.</summary>
internal sealed class SynchronousEdge<TBatch>(SynchronousStage<TBatch> stage, int input) : Receiver<TBatch>
{
    public override bool HoldsNothing => stage.HoldsNothing;

    public override bool OnBatch(TBatch batch) => stage.Merge.OnBatch(batch);

    // What concerns a subtask only does not leave it; the run tells every subtask itself.
    public override bool OnSignal(Signal signal) => signal.IsLocal || stage.Merge.OnSignal(input, signal);

    public override bool Resume() => stage.Merge.Resume();
}

using StreamKit.Connectors;
using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>Builds the chain of one subtask of a run.</summary>
internal sealed class SynchronousWiring(SynchronousPlan plan, SynchronousSubtask subtask) : Wiring
{
    public override OperatorContext ContextOf(StreamNode node) => plan.ContextOf(node, subtask);

    public override IReadOnlyList<Receiver<TBatch>> OpenEdges<TBatch>(IStage<TBatch> stage) =>
        [.. plan.SubtasksOf(stage).Select(stage => stage.OpenInput(subtask.Name))];

    public override Receiver<TBatch> OpenEdge<TBatch>(IStage<TBatch> stage) =>
        plan.SubtasksOf(stage)[subtask.Lane].OpenInput(subtask.Name);

    public override Receiver<Batch<T>> OpenEventTime<T>(EventTimeNode<T> node) => plan.GeneratesWatermarks
        ? node.OpenOperator(this)
        : new GivenTimeOperator<T>(node.Selector, node.Downstream(this), ContextOf(node));

    public override Receiver<Batch<T>> OpenSink<T>(StreamNode node, ISink<T> sink) => sink is CaptureSink<T> capture
        ? plan.OpenOutput(capture)
        : throw new StreamTestException(
            $"'{node.Name}' writes to a sink, which a synchronous test cannot await: "
            + "return the stream from the lambda instead.");
}

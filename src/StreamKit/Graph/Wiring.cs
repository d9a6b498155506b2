using StreamKit.Connectors;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>
/// What the graph needs to know to build the chain of one subtask; the runtime, or a test, provides it.
/// </summary>
internal abstract class Wiring
{
    /// <summary>The surroundings of one operator in this subtask.</summary>
    public abstract OperatorContext ContextOf(StreamNode node);

    /// <summary>Opens the ways from this subtask to every subtask of a stage, in the order of lanes.</summary>
    public abstract IReadOnlyList<Receiver<TBatch>> OpenEdges<TBatch>(IStage<TBatch> stage);

    /// <summary>Opens the way from this subtask to the one of a stage that has the same lane.</summary>
    public abstract Receiver<TBatch> OpenEdge<TBatch>(IStage<TBatch> stage);

    /// <summary>Opens the way from this subtask to a sink; a job puts small batches together on it.</summary>
    public virtual Receiver<Batch<T>> OpenSinkEdge<T>(IStage<Batch<T>> sink) => OpenEdges(sink)[0];

    /// <summary>The step that gives records their event time; a test may give it instead.</summary>
    public virtual Receiver<Batch<T>> OpenEventTime<T>(EventTimeNode<T> node) => node.OpenOperator(this);

    /// <summary>The end of the chain of a subtask that writes to a sink.</summary>
    public abstract Receiver<Batch<T>> OpenSink<T>(StreamNode node, ISink<T> sink);
}

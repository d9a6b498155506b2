using StreamKit.Operators;

namespace StreamKit.Graph;

/// <summary>A step with an output.</summary>
internal abstract class StreamNode<TBatch>(string kind, params IReadOnlyList<StreamNode> inputs)
    : StreamNode(kind, inputs)
{
    private readonly List<IConsumer<TBatch>> _consumers = [];

    protected IReadOnlyList<IConsumer<TBatch>> Consumers => _consumers;

    public void Connect<TConsumer>(TConsumer consumer)
        where TConsumer : StreamNode, IConsumer<TBatch>
    {
        _consumers.Add(consumer);
        AddConsumer(consumer);
    }

    public void Disconnect<TConsumer>(TConsumer consumer)
        where TConsumer : StreamNode, IConsumer<TBatch>
    {
        _consumers.Remove(consumer);
        RemoveConsumer(consumer);
    }

    /// <summary>What takes this step's output within one subtask.</summary>
    public abstract Receiver<TBatch> Downstream(Wiring wiring);
}

using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>A step that is one operator in the subtask of its input.</summary>
internal sealed class OperatorNode<TIn, TOut> : RecordsNode<TOut>, IConsumer<Batch<TIn>>
{
    private readonly Func<Receiver<Batch<TOut>>, OperatorContext, Receiver<Batch<TIn>>> _create;

    public OperatorNode(
        string kind,
        StreamNode<Batch<TIn>> input,
        Func<Receiver<Batch<TOut>>, OperatorContext, Receiver<Batch<TIn>>> create)
        : base(kind, input)
    {
        _create = create;
        input.Connect(this);
    }

    public Receiver<Batch<TIn>> Open(Wiring wiring) => _create(Downstream(wiring), wiring.ContextOf(this));
}

using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>A step whose output any number of other steps may take.</summary>
internal abstract class RecordsNode<T>(string kind, params IReadOnlyList<StreamNode> inputs)
    : StreamNode<Batch<T>>(kind, inputs)
{
    public override Receiver<Batch<T>> Downstream(Wiring wiring) => Consumers.Count switch
    {
        0 => new DiscardOperator<T>(),
        1 => Consumers[0].Open(wiring),
        _ => new ForkOperator<T>([.. Consumers.Select(consumer => consumer.Open(wiring))]),
    };
}

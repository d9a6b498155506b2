using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Tests;

/// <summary>A step that is wrong on purpose: it turns each batch into its number of records.</summary>
internal sealed class CutNode : RecordsNode<int>, IConsumer<Batch<int>>
{
    public CutNode(StreamNode<Batch<int>> input)
        : base("cut", input) => input.Connect(this);

    public Receiver<Batch<int>> Open(Wiring wiring) => new Counting(Downstream(wiring), wiring.ContextOf(this));

    private sealed class Counting(Receiver<Batch<int>> next, OperatorContext context)
        : Operator<Batch<int>, Batch<int>>(next, context)
    {
        public override bool OnBatch(Batch<int> batch)
        {
            batch.Values[0] = batch.Count;
            batch.SetCount(1);
            Out.Push(batch);
            return !Out.IsBlocked;
        }
    }
}

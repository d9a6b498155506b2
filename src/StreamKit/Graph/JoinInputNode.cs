using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>The exchange by key on the way into a join: both inputs lead to the same lanes.</summary>
internal sealed class JoinInputNode<T, TKey, TBatch> : StreamNode, IConsumer<Batch<T>>
{
    private readonly Func<T, TKey> _selector;
    private readonly Func<KeyedBatch<TKey, T>, TBatch> _side;
    private IStage<TBatch>? _join;

    /// <param name="input">What is parted.</param>
    /// <param name="selector">The key of a record.</param>
    /// <param name="side">Says of a batch that it belongs to this input.</param>
    public JoinInputNode(
        StreamNode<Batch<T>> input, Func<T, TKey> selector, Func<KeyedBatch<TKey, T>, TBatch> side)
        : base("key-by", input)
    {
        (_selector, _side) = (selector, side);
        input.Connect(this);
    }

    public override bool IsParallel => true;

    public override bool IsExchange => true;

    /// <summary>Says which join the records go to.</summary>
    public void Connect<TJoin>(TJoin join)
        where TJoin : StreamNode, IStage<TBatch>
    {
        _join = join;
        AddConsumer(join);
    }

    public Receiver<Batch<T>> Open(Wiring wiring)
    {
        IStage<TBatch> join = _join
            ?? throw new InvalidOperationException($"'{Name}' was opened before it was connected to a join.");
        return new KeyByOperator<TKey, T>(
            _selector,
            [.. wiring.OpenEdges(join).Select(edge => new JoinInput<TKey, T, TBatch>(_side, edge))],
            wiring.ContextOf(this));
    }
}

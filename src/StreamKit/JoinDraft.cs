using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit;

/// <summary>A join as far as it has been written down.</summary>
internal sealed record JoinDraft<TKey, TLeft, TRight>(JoinOptions Options)
    where TKey : notnull
{
    public required DataStream<TLeft> Left { get; init; }

    public required Func<TLeft, TKey> LeftKey { get; init; }

    public required DataStream<TRight> Right { get; init; }

    public required Func<TRight, TKey> RightKey { get; init; }

    public LateNode<TLeft>? LateLeft { get; init; }

    public LateNode<TRight>? LateRight { get; init; }

    /// <summary>Adds the join to the pipeline.</summary>
    public DataStream<TOut> Select<TOut>(JoinSelectors<TKey, TLeft, TRight, TOut> selectors)
    {
        StreamGraph graph = Left.Builder.Graph;
        var left = graph.Add(new JoinInputNode<TLeft, TKey, JoinBatch<TKey, TLeft, TRight>>(
            Left.Node, LeftKey, JoinBatch<TKey, TLeft, TRight>.OfLeft));
        var right = graph.Add(new JoinInputNode<TRight, TKey, JoinBatch<TKey, TLeft, TRight>>(
            Right.Node, RightKey, JoinBatch<TKey, TLeft, TRight>.OfRight));
        return Left.Then(new JoinNode<TKey, TLeft, TRight, TOut>(
            left, right, Options, selectors, (LateLeft, LateRight)));
    }
}

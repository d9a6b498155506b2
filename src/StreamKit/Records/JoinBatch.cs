namespace StreamKit.Records;

/// <summary>A batch of one of the two inputs of a join: which one is said once per batch, not per record.</summary>
internal readonly struct JoinBatch<TKey, TLeft, TRight>
{
    private JoinBatch(KeyedBatch<TKey, TLeft>? left, KeyedBatch<TKey, TRight>? right) => (Left, Right) = (left, right);

    /// <summary>Records of the left input; null where the batch is one of the right.</summary>
    public KeyedBatch<TKey, TLeft>? Left { get; }

    /// <summary>Records of the right input; null where the batch is one of the left.</summary>
    public KeyedBatch<TKey, TRight>? Right { get; }

    public int Count => Left?.Count ?? Right?.Count ?? 0;

    public static JoinBatch<TKey, TLeft, TRight> OfLeft(KeyedBatch<TKey, TLeft> batch) => new(batch, null);

    public static JoinBatch<TKey, TLeft, TRight> OfRight(KeyedBatch<TKey, TRight> batch) => new(null, batch);

    public void Return()
    {
        Left?.Return();
        Right?.Return();
    }
}

namespace StreamKit.Operators;

/// <summary>One side of a join: where its records lie.</summary>
internal interface IJoinSide<TKey, TLeft, TRight, T>
{
    static abstract bool IsLeft { get; }

    static abstract JoinRows<T> RowsOf(JoinSlice<TKey, TLeft, TRight> slice);

    static abstract ref JoinChain ChainOf(ref JoinEntry entry);

    static abstract JoinList<T> ListOf(JoinRecords<TKey, TLeft, TRight> records);
}

namespace StreamKit.Operators;

/// <summary>One side of a join: where its records lie.</summary>
internal interface IJoinSide<TKey, TLeft, TRight, T>
{
    static abstract bool IsLeft { get; }

    static abstract JoinRows<T> RowsOf(JoinSlice<TKey, TLeft, TRight> slice);

    /// <summary>The number of a key's last record.</summary>
    static abstract ref int LastOf(ref JoinEntry entry);
}

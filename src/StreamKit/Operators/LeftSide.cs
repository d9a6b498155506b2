namespace StreamKit.Operators;

/// <summary>The left side of a join.</summary>
internal readonly struct LeftSide<TKey, TLeft, TRight> : IJoinSide<TKey, TLeft, TRight, TLeft>
{
    public static bool IsLeft => true;

    public static JoinRows<TLeft> RowsOf(JoinSlice<TKey, TLeft, TRight> slice) => slice.Left;

    public static ref JoinChain ChainOf(ref JoinEntry entry) => ref entry.Left;

    public static JoinList<TLeft> ListOf(JoinRecords<TKey, TLeft, TRight> records) => records.Left;
}

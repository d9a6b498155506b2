namespace StreamKit.Operators;

/// <summary>The right side of a join.</summary>
internal readonly struct RightSide<TKey, TLeft, TRight> : IJoinSide<TKey, TLeft, TRight, TRight>
{
    public static bool IsLeft => false;

    public static JoinRows<TRight> RowsOf(JoinSlice<TKey, TLeft, TRight> slice) => slice.Right;

    public static ref JoinChain ChainOf(ref JoinEntry entry) => ref entry.Right;

    public static JoinList<TRight> ListOf(JoinRecords<TKey, TLeft, TRight> records) => records.Right;
}

namespace StreamKit.Operators;

/// <summary>The right side of a join.</summary>
internal readonly struct RightSide<TKey, TLeft, TRight> : IJoinSide<TKey, TLeft, TRight, TRight>
{
    public static bool IsLeft => false;

    public static JoinRows<TRight> RowsOf(JoinSlice<TKey, TLeft, TRight> slice) => slice.Right;

    public static ref int LastOf(ref JoinEntry entry) => ref entry.Right;
}

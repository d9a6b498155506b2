namespace StreamKit.Operators;

/// <summary>The records of one key in one slice.</summary>
internal readonly struct JoinRun<TKey, TLeft, TRight>(JoinSlice<TKey, TLeft, TRight> slice, JoinEntry entry)
{
    public JoinSlice<TKey, TLeft, TRight> Slice { get; } = slice;

    /// <summary>The last records of both sides.</summary>
    public JoinEntry Last { get; } = entry;
}

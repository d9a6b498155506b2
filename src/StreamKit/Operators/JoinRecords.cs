using System.Runtime.CompilerServices;

namespace StreamKit.Operators;

/// <summary>The records of one key on both sides, in the order of slices and of arrival.</summary>
internal sealed class JoinRecords<TKey, TLeft, TRight>
{
    public JoinList<TLeft> Left { get; } = new();

    public JoinList<TRight> Right { get; } = new();

    public bool HasLeft => Left.Count > 0;

    public bool HasRight => Right.Count > 0;

    public void Clear()
    {
        Left.Clear();
        Right.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(JoinSlice<TKey, TLeft, TRight> slice, in JoinEntry entry)
    {
        Left.Add(slice.Left, entry.Left);
        Right.Add(slice.Right, entry.Right);
    }

    public void Trim()
    {
        Left.Trim();
        Right.Trim();
    }
}

namespace StreamKit.Operators;

/// <summary>Pieces of columns that closed slices have left for others.</summary>
internal sealed class JoinRowPool<T>
{
    // A million rows: about what a busy lane fills again in its next window. More is left to the garbage collector.
    private const int MostSpare = 1024;

    private readonly Stack<JoinRows<T>.Row[]> _spare = new();

    public JoinRows<T>.Row[] Rent() => _spare.TryPop(out JoinRows<T>.Row[]? piece)
        ? piece
        : GC.AllocateUninitializedArray<JoinRows<T>.Row>(JoinRows<T>.PieceRows);

    public void Return(JoinRows<T>.Row[] piece)
    {
        if (_spare.Count < MostSpare)
        {
            _spare.Push(piece);
        }
    }
}

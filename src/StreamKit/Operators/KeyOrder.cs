namespace StreamKit.Operators;

/// <summary>The order in which the keys of a window fire: that in which they came.</summary>
internal sealed class KeyOrder
{
    private long[] _registered = [];
    private int[] _indexes = [];
    private bool _isSorted;

    public int Count { get; private set; }

    public int this[int at] => _indexes[at];

    public void Start(int capacity)
    {
        if (_indexes.Length < capacity)
        {
            int length = Math.Max(16, capacity * 2);
            (_registered, _indexes) = (new long[length], new int[length]);
        }

        (Count, _isSorted) = (0, true);
    }

    /// <summary>Adds the next index with the moment at which its key came.</summary>
    public void Add(long registered)
    {
        _isSorted &= Count == 0 || _registered[Count - 1] <= registered;
        _registered[Count] = registered;
        _indexes[Count] = Count;
        Count++;
    }

    public void Sort()
    {
        if (!_isSorted)
        {
            Array.Sort(_registered, _indexes, 0, Count);
        }
    }
}

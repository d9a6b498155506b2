namespace StreamKit.Operators;

/// <summary>The place of one item in a <see cref="DueHeap{TItem}"/>; belongs to the item.</summary>
internal sealed class DueEntry<TItem>(TItem item)
{
    public TItem Item { get; } = item;

    public DueKey Key { get; set; }

    /// <summary>Where it lies in the heap; -1 where it does not.</summary>
    public int Position { get; set; } = -1;
}

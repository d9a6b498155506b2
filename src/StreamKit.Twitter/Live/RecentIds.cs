namespace StreamKit.Twitter.Live;

/// <summary>Remembers for some time which posts were delivered.</summary>
/// <remarks>
/// In blocks, since a job with checkpoints asks for the position after each batch: the text of a block that is full is
/// made once.
/// </remarks>
internal sealed class RecentIds(TimeSpan span)
{
    private const int BlockIds = 128;

    private readonly HashSet<long> _known = [];
    private readonly Queue<IdBlock> _full = new();
    private readonly List<long> _young = new(BlockIds);

    /// <summary>Whether the id is new; from now on it is not.</summary>
    internal bool Add(long id, DateTimeOffset at)
    {
        while (_full.TryPeek(out IdBlock? oldest) && oldest.Until < at - span)
        {
            _full.Dequeue();
            _known.ExceptWith(oldest.Ids);
        }

        if (!_known.Add(id))
        {
            return false;
        }

        _young.Add(id);
        if (_young.Count == BlockIds)
        {
            _full.Enqueue(IdBlock.Of(_young, at));
            _young.Clear();
        }

        return true;
    }

    /// <summary>The texts of what came since some time, the block that is not full at the end.</summary>
    internal IEnumerable<string> Since(DateTimeOffset time) =>
        _full.Where(block => block.Until >= time).Select(block => block.Text).Append(IdBlock.Write(_young));

    /// <summary>Remembers what a position holds.</summary>
    internal void Restore(StreamPosition position)
    {
        foreach (IdBlock block in position.Blocks)
        {
            _known.UnionWith(block.Ids);
            if (block == position.Blocks[^1])
            {
                _young.AddRange(block.Ids);
            }
            else
            {
                _full.Enqueue(block);
            }
        }
    }
}

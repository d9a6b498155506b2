namespace StreamKit.Checkpointing;

/// <summary>A checkpoint that is being taken.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Began">The reading of the clock when it was begun.</param>
/// <param name="Created">When it was begun, in UTC.</param>
internal sealed record CheckpointUnderWay(long Id, long Began, DateTimeOffset Created)
{
    private readonly HashSet<ICheckpointed> _saved = [];
    private readonly HashSet<ICheckpointed> _ended = [];

    /// <summary>The savepoint's name; null where it is none.</summary>
    public string? Savepoint { get; init; }

    /// <summary>Whether the job stops with it.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether every subtask has ended, so that nothing can come after it.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Who waits for it; null where nobody asked.</summary>
    public TaskCompletionSource<StoredCheckpoint>? Asked { get; init; }

    /// <summary>What has been stored.</summary>
    public List<ManifestPart> Parts { get; } = [];

    /// <summary>Notes that a subtask's state has come; false where it had already.</summary>
    public bool TrySave(ICheckpointed subtask, bool hasEnded)
    {
        if (!_saved.Add(subtask))
        {
            return false;
        }

        if (hasEnded)
        {
            _ended.Add(subtask);
        }

        return true;
    }

    /// <summary>Whether it holds what a subtask remembered in the end.</summary>
    public bool HasEnd(ICheckpointed subtask) => _ended.Contains(subtask);

    /// <summary>The subtasks whose state has not come.</summary>
    public IEnumerable<ICheckpointed> Missing(IEnumerable<ICheckpointed> subtasks) =>
        subtasks.Where(subtask => !_saved.Contains(subtask));
}

using StreamKit.Checkpointing;
using StreamKit.Connectors;

namespace StreamKit.Runtime;

/// <summary>Tells a source of completed checkpoints, and whoever asked for one that it has been told.</summary>
internal sealed class SourceCommits
{
    private readonly Queue<(long Checkpoint, IReadOnlyList<SplitPosition> Positions)> _taken = new();
    private readonly Lock _lock = new();
    private readonly List<(long Checkpoint, TaskCompletionSource Told)> _waiting = [];
    private Func<IReadOnlyList<SplitPosition>, CancellationToken, ValueTask>? _action;
    private long _told;
    private bool _isClosed;

    /// <summary>Whether the source wants to be told.</summary>
    public bool IsWanted => Volatile.Read(ref _action) is not null;

    /// <summary>The last checkpoint that the source was told of; <see cref="long.MaxValue"/>: the end.</summary>
    public long Told => Volatile.Read(ref _told);

    public void Want(Func<IReadOnlyList<SplitPosition>, CancellationToken, ValueTask> action)
    {
        if (Interlocked.CompareExchange(ref _action, action, null) is not null)
        {
            throw new InvalidOperationException("The source is told of completed checkpoints already.");
        }
    }

    /// <summary>Notes how far the splits were at the barrier of a checkpoint.</summary>
    public void Note(long checkpoint, IReadOnlyList<SplitPosition> positions) =>
        _taken.Enqueue((checkpoint, positions));

    /// <summary>Tells the source of the checkpoints up to one, if it was not told before.</summary>
    public async ValueTask TellAsync(long completed, CancellationToken cancellationToken)
    {
        IReadOnlyList<SplitPosition>? positions = null;
        while (_taken.TryPeek(out (long Checkpoint, IReadOnlyList<SplitPosition> Positions) next)
            && next.Checkpoint <= completed)
        {
            positions = _taken.Dequeue().Positions;
        }

        if (positions is not null && _action is { } action)
        {
            await action(positions, cancellationToken).ConfigureAwait(true);
        }

        lock (_lock)
        {
            Volatile.Write(ref _told, completed);
            _waiting.RemoveAll(waiting => waiting.Checkpoint <= completed && waiting.Told.TrySetResult());
        }
    }

    /// <summary>Asks for a checkpoint, and waits until the source was told that it is complete.</summary>
    public async Task TakeAsync(ICheckpointListener checkpoints, CancellationToken cancellationToken)
    {
        StoredCheckpoint stored = await checkpoints.TakeAsync().WaitAsync(cancellationToken).ConfigureAwait(true);
        Task told;
        lock (_lock)
        {
            if (!IsWanted || stored.Id <= _told)
            {
                return;
            }

            if (_isClosed)
            {
                throw new OperationCanceledException("The source was closed before it was told.");
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((stored.Id, waiting));
            told = waiting.Task;
        }

        await told.WaitAsync(cancellationToken).ConfigureAwait(true);
    }

    /// <summary>Lets nobody wait for what does not come any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach ((_, TaskCompletionSource told) in _waiting)
            {
                told.TrySetCanceled();
            }

            _waiting.Clear();
        }
    }
}

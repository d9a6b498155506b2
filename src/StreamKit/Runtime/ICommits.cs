namespace StreamKit.Runtime;

/// <summary>What a subtask of a sink opens, commits with checkpoints, and disposes in the end.</summary>
internal interface ICommits : IAsyncDisposable
{
    /// <summary>Whether something is committed with checkpoints.</summary>
    bool Commits { get; }

    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Prepares what was written last, after the end.</summary>
    ValueTask PrepareLastAsync(CancellationToken cancellationToken);

    /// <summary>Commits what a checkpoint completed; true when nothing is left to be committed.</summary>
    ValueTask<bool> CommitAsync(long checkpoint, CancellationToken cancellationToken);
}

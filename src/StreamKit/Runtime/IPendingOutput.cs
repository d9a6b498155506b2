namespace StreamKit.Runtime;

/// <summary>The end of a subtask's chain, which may hold what must be awaited.</summary>
internal interface IPendingOutput
{
    bool HasPending { get; }

    /// <summary>Waits until everything held has been handed over.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>What all stores ask of names and numbers.</summary>
internal static class CheckpointNames
{
    private const int SavepointLength = 80;

    private static readonly SearchValues<char> s_savepoint =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static void CheckPart(long checkpoint, string part)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(part);
    }

    /// <summary>Savepoints are named by people and moved between machines, so the names are plain.</summary>
    public static void CheckSavepoint(string? savepoint)
    {
        if (savepoint is not null
            && (savepoint.Length is 0 or > SavepointLength || savepoint[0] == '.'
                || savepoint.AsSpan().ContainsAnyExcept(s_savepoint)))
        {
            throw new ArgumentException(
                $"'{savepoint}' cannot name a savepoint: take 1 to {SavepointLength} letters, digits, '-', '_' and "
                + "'.', and no dot at the beginning.",
                nameof(savepoint));
        }
    }

    public static InvalidOperationException IsComplete(long checkpoint) =>
        new($"Checkpoint {checkpoint} is complete; take a number higher than any that is listed.");

    public static InvalidOperationException HasPart(long checkpoint, string part) =>
        new($"Checkpoint {checkpoint} has a part '{part}' already.");

    public static InvalidOperationException HasSavepoint(string savepoint) =>
        new($"There is a savepoint '{savepoint}' already; delete it, or choose another name.");

    public static KeyNotFoundException IsGone(string job, StoredCheckpoint checkpoint) =>
        new($"Job '{job}' has no {checkpoint} any more.");

    public static KeyNotFoundException HasNoPart(StoredCheckpoint checkpoint, string part) =>
        new($"There is no part '{part}' in {checkpoint}.");
}

using Microsoft.Extensions.Logging;
using StreamKit.Diagnostics;

namespace StreamKit.Checkpointing;

/// <summary>Which checkpoints are kept: the newest ones, and every savepoint.</summary>
internal static class Retention
{
    /// <summary>
    /// Deletes the checkpoints that are too many; what cannot be deleted is tried again the next time.
    /// </summary>
    /// <param name="session">The session that may delete.</param>
    /// <param name="retain">How many checkpoints stay, at least one.</param>
    /// <param name="logger">Is told what could not be deleted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CheckpointFencedException">Another session was opened for the job.</exception>
    public static async ValueTask ApplyAsync(
        ICheckpointSession session, int retain, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(retain);
        IReadOnlyList<StoredCheckpoint> all = await session.ListAsync(cancellationToken).ConfigureAwait(true);

        // One that is known to be damaged is nothing to fall back to, so it takes no other's place.
        IEnumerable<StoredCheckpoint> checkpoints = all.Where(static stored => stored.Savepoint is null);
        long oldest = checkpoints
            .Where(static stored => stored.Damage is null)
            .Take(retain)
            .Select(static stored => stored.Id)
            .DefaultIfEmpty(long.MinValue)
            .Last();
        foreach (StoredCheckpoint stored in checkpoints.Where(stored => stored.Id < oldest))
        {
            try
            {
                await session.DeleteAsync(stored, cancellationToken).ConfigureAwait(true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.CheckpointNotDeleted(logger, stored.ToString(), exception);
            }
        }
    }
}

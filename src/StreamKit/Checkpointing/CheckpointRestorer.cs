using System.Buffers;
using Microsoft.Extensions.Logging;
using StreamKit.Diagnostics;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Checkpointing;

/// <summary>Finds the checkpoint that a job goes on from, and reads it.</summary>
internal sealed class CheckpointRestorer(string job, ICheckpointSession session, StateTypes types, ILogger logger)
{
    /// <summary>The highest number that is taken, known after <see cref="FindAsync"/>.</summary>
    public long LastId { get; private set; }

    /// <summary>
    /// Reads the checkpoint; null where the job starts at the beginning. One that cannot be read is passed over,
    /// loudly, unless it was the only one that would do.
    /// </summary>
    /// <exception cref="StartException">There is none that would do.</exception>
    public async Task<RestoredCheckpoint?> FindAsync(StartChoice choice, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredCheckpoint> stored = await session.ListAsync(cancellationToken).ConfigureAwait(true);
        LastId = stored.Select(static checkpoint => checkpoint.Id).DefaultIfEmpty(0).Max();
        if (choice.IsBeginning)
        {
            return null;
        }

        Exception? why = null;
        foreach (StoredCheckpoint checkpoint in stored.Where(choice.Allows))
        {
            try
            {
                RestoredCheckpoint restored = await ReadAsync(checkpoint, cancellationToken).ConfigureAwait(true);
                Log.Restored(logger, job, checkpoint.ToString());
                return restored;
            }
            catch (Exception exception) when (exception is CheckpointCorruptException or KeyNotFoundException)
            {
                why = exception;
                Log.CheckpointUnusable(logger, job, checkpoint.ToString(), exception);
            }
        }

        if (choice.IsExact)
        {
            throw new StartException(
                $"The job '{job}' cannot start from {choice}: {why?.Message ?? "the store has none."}", why);
        }

        // Where only the newer ones were asked for, there is the start to go back to.
        return why is null || choice.After is not null ? null : throw new StartException(
            $"The job '{job}' cannot start: none of its {stored.Count} checkpoints can be read. "
            + $"The last one tried: {why.Message} To start all the same, choose StartPoint.Beginning.", why);
    }

    private async Task<RestoredCheckpoint> ReadAsync(
        StoredCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        CheckpointManifest manifest =
            await session.ReadDecodedAsync(checkpoint, cancellationToken).ConfigureAwait(true);
        if (manifest.KeyGroupCount != KeyGroups.Count)
        {
            throw new StartException(
                $"The job '{job}' cannot go on from {checkpoint}: it has {manifest.KeyGroupCount} key groups, and this "
                + $"version of StreamKit has {KeyGroups.Count}.");
        }

        var parts = new List<(ManifestPart, ReadOnlyMemory<byte>)>();
        foreach (ManifestPart part in manifest.Parts)
        {
            ReadOnlySequence<byte> content =
                await session.ReadPartAsync(checkpoint, part.Name, cancellationToken).ConfigureAwait(true);
            part.Verify(content);
            parts.Add((part, content.IsSingleSegment ? content.First : content.ToArray()));
        }

        return new RestoredCheckpoint(checkpoint, manifest, parts, types);
    }
}

using System.Buffers;
using System.Reflection;
using StreamKit.State;

namespace StreamKit.Checkpointing;

/// <summary>Stores the checkpoints of a running job, and removes those that are no longer needed.</summary>
internal sealed class CheckpointWriter(
    CheckpointSettings settings, CheckpointJob job, ICheckpointSession session, CancellationToken cancellationToken)
{
    private static readonly string s_version =
        typeof(CheckpointWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "";

    /// <summary>Stores what a subtask saved.</summary>
    public async Task<ManifestPart> WriteAsync(long checkpoint, SubtaskSnapshot snapshot)
    {
        (ReadOnlySequence<byte> content, ManifestPart part) = PartEncoder.Encode(snapshot);
        await session.WritePartAsync(checkpoint, part.Name, content, cancellationToken).ConfigureAwait(true);
        return part;
    }

    /// <summary>Completes a checkpoint all of whose parts are stored.</summary>
    public async Task<StoredCheckpoint> CompleteAsync(CheckpointUnderWay pending)
    {
        var manifest = new CheckpointManifest
        {
            Job = job.Name,
            Id = pending.Id,
            Savepoint = pending.Savepoint,
            Created = pending.Created,
            StreamKitVersion = s_version,
            HashSeed = job.HashSeed,
            KeyGroupCount = KeyGroups.Count,
            TimeZoneRules = job.TimeZoneRules,
            Parts = [.. pending.Parts.OrderBy(static part => part.Name, StringComparer.Ordinal)],
        };
        return await session.CompleteAsync(
            pending.Id, pending.Savepoint, ManifestCodec.Encode(manifest), cancellationToken).ConfigureAwait(true);
    }

    /// <summary>Takes back a checkpoint that was given up.</summary>
    public async Task AbandonAsync(long checkpoint) =>
        await session.AbandonAsync(checkpoint, cancellationToken).ConfigureAwait(true);

    /// <summary>Removes old checkpoints after a new one is there.</summary>
    public async Task RetireAsync() => await Retention
        .ApplyAsync(session, settings.Retain, job.Logger, cancellationToken).ConfigureAwait(true);
}

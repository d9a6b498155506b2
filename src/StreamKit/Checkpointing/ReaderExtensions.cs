namespace StreamKit.Checkpointing;

/// <summary>What the engine reads from any store.</summary>
internal static class ReaderExtensions
{
    /// <summary>The manifest of a checkpoint, decoded.</summary>
    public static async ValueTask<CheckpointManifest> ReadDecodedAsync(
        this ICheckpointReader reader, StoredCheckpoint checkpoint, CancellationToken cancellationToken) =>
        ManifestCodec.Decode(
            checkpoint.ToString(),
            await reader.ReadManifestAsync(checkpoint, cancellationToken).ConfigureAwait(true));
}

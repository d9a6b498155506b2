namespace StreamKit.Checkpointing;

internal static class ManifestCodec
{
    public static ReadOnlyMemory<byte> Encode(CheckpointManifest m) => throw new NotSupportedException();

    public static CheckpointManifest Decode(ReadOnlyMemory<byte> b) => throw new NotSupportedException();
}

using System.Buffers;
using MessagePack;

namespace StreamKit.Checkpointing;

/// <summary>
/// The content of the file "manifest": which parts belong to the checkpoint, and the manifest itself.
/// </summary>
internal sealed record DirectoryIndex(
    DateTimeOffset Created, IReadOnlyDictionary<string, DirectoryPart> Parts, ReadOnlyMemory<byte> Manifest)
{
    private const int Fields = 3;
    private const int PartFields = 3;

    public long Bytes => Manifest.Length + Parts.Values.Sum(static part => part.Bytes);

    public ReadOnlySequence<byte> Encode()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Fields);
        writer.Write(Created.UtcTicks);
        writer.WriteArrayHeader(Parts.Count);
        foreach ((string name, DirectoryPart part) in Parts)
        {
            writer.WriteArrayHeader(PartFields);
            writer.Write(name);
            writer.Write(part.Bytes);
            writer.Write(part.Checksum);
        }

        writer.Write(Manifest.Span);
        writer.Flush();
        return new ReadOnlySequence<byte>(buffer.WrittenMemory);
    }

    /// <exception cref="CheckpointCorruptException">It makes no sense, though it is what was written.</exception>
    public static DirectoryIndex Decode(string file, in ReadOnlySequence<byte> content)
    {
        try
        {
            var reader = new MessagePackReader(content);
            reader.ReadArrayHeader();
            var created = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            int count = reader.ReadArrayHeader();
            var parts = new Dictionary<string, DirectoryPart>(StringComparer.Ordinal);
            for (int i = 0; i < count; i++)
            {
                reader.ReadArrayHeader();
                string name = reader.ReadString() ?? string.Empty;
                parts.Add(name, new DirectoryPart(reader.ReadInt64(), reader.ReadUInt32()));
            }

            return new DirectoryIndex(created, parts, reader.ReadBytes()?.ToArray());
        }
        catch (Exception exception) when (exception
            is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new CheckpointCorruptException(file, "its list of parts makes no sense", exception);
        }
    }
}

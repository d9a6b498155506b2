using System.Buffers;
using MessagePack;

namespace StreamKit.Files.Writing;

/// <summary>What is needed to commit an epoch: its files, and the number that follows theirs.</summary>
internal sealed record PartHandle(int NextNumber, IReadOnlyList<Part> Parts)
{
    private const int Version = 1;

    /// <exception cref="InvalidDataException">Another sink, or a newer one, has written it.</exception>
    public static PartHandle Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var reader = new MessagePackReader(bytes);
            if (reader.ReadArrayHeader() == 3 && reader.ReadInt32() == Version)
            {
                int next = reader.ReadInt32();
                var parts = new List<Part>();
                for (int left = reader.ReadArrayHeader(); left > 0; left -= 2)
                {
                    parts.Add(new Part(TextOf(ref reader), TextOf(ref reader)));
                }

                return new PartHandle(next, parts);
            }
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException)
        {
            throw NotOurs(e);
        }

        throw NotOurs(null);
    }

    public ReadOnlyMemory<byte> Encode()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        writer.WriteArrayHeader(3);
        writer.Write(Version);
        writer.Write(NextNumber);
        writer.WriteArrayHeader(2 * Parts.Count);
        foreach (Part part in Parts)
        {
            writer.Write(part.Pending);
            writer.Write(part.Target);
        }

        writer.Flush();
        return bytes.WrittenMemory;
    }

    private static string TextOf(ref MessagePackReader reader) => reader.ReadString() ?? throw NotOurs(null);

    private static InvalidDataException NotOurs(Exception? cause) => new(
        "What the checkpoint says about the files of this sink is not what such a sink writes: another kind of sink "
        + "had this name.",
        cause);
}

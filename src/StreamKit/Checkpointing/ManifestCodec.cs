using System.Buffers;
using System.Globalization;
using MessagePack;

namespace StreamKit.Checkpointing;

/// <summary>The manifest in bytes: MessagePack, as an array of the form's version and the fields.</summary>
/// <remarks>
/// A version that adds fields puts them at the end of their array, where a reader that does not know them passes over
/// them. One that changes fields takes a new version of the form, which older readers refuse.
/// </remarks>
internal static class ManifestCodec
{
    public const int Version = 1;

    private delegate T ReadOne<out T>(ref MessagePackReader reader);

    private delegate void WriteOne<in T>(ref MessagePackWriter writer, T item);

    public static byte[] Encode(CheckpointManifest manifest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.Write(Version);
        writer.WriteArrayHeader(9);
        writer.Write(manifest.Job);
        writer.Write(manifest.Id);
        writer.Write(manifest.Savepoint);
        writer.Write(manifest.Created.UtcTicks);
        writer.Write(manifest.StreamKitVersion);
        writer.Write(manifest.HashSeed);
        writer.Write(manifest.KeyGroupCount);
        writer.Write(manifest.TimeZoneRules);
        WriteAll(ref writer, manifest.Parts, WritePart);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="source">Where the bytes are from, for the message.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="CheckpointCorruptException">It is no manifest.</exception>
    /// <exception cref="NotSupportedException">A newer version wrote it.</exception>
    public static CheckpointManifest Decode(string source, ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new MessagePackReader(content);
            int fields = reader.ReadArrayHeader();
            int version = reader.ReadInt32();
            if (version != Version || fields < 2)
            {
                throw new NotSupportedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The manifest of '{source}' has form {version}, and this version of StreamKit reads form "
                    + $"{Version}: use the version that wrote it, or a newer one."));
            }

            return ReadManifest(ref reader);
        }
        catch (Exception exception) when (exception is MessagePackSerializationException or EndOfStreamException
            or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new CheckpointCorruptException(source, "its manifest makes no sense", exception);
        }
    }

    private static CheckpointManifest ReadManifest(ref MessagePackReader reader)
    {
        int count = Open(ref reader, 9);
        var manifest = new CheckpointManifest
        {
            Job = ReadText(ref reader),
            Id = reader.ReadInt64(),
            Savepoint = reader.ReadString(),
            Created = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            StreamKitVersion = ReadText(ref reader),
            HashSeed = reader.ReadUInt64(),
            KeyGroupCount = reader.ReadInt32(),
            TimeZoneRules = ReadText(ref reader),
            Parts = ReadAll(ref reader, ReadPart),
        };
        Close(ref reader, count - 9);
        return manifest;
    }

    private static void WritePart(ref MessagePackWriter writer, ManifestPart part)
    {
        writer.WriteArrayHeader(10);
        writer.Write(part.Name);
        writer.Write(part.Stage);
        writer.Write(part.Lane);
        writer.Write(part.Lanes);
        writer.Write(part.Bytes);
        writer.Write(part.Checksum);
        writer.Write(part.Finished);
        WriteAll(ref writer, part.Operators, WriteOperator);
        WriteAll(ref writer, part.Positions, WritePosition);
        WriteAll(ref writer, part.Epochs, WriteEpoch);
    }

    private static ManifestPart ReadPart(ref MessagePackReader reader)
    {
        int count = Open(ref reader, 10);
        var part = new ManifestPart
        {
            Name = ReadText(ref reader),
            Stage = ReadText(ref reader),
            Lane = reader.ReadInt32(),
            Lanes = reader.ReadInt32(),
            Bytes = reader.ReadInt64(),
            Checksum = reader.ReadUInt32(),
            Finished = reader.ReadBoolean(),
            Operators = ReadAll(ref reader, ReadOperator),
            Positions = ReadAll(ref reader, ReadPosition),
            Epochs = ReadAll(ref reader, ReadEpoch),
        };
        Close(ref reader, count - 10);
        return part;
    }

    private static void WriteOperator(ref MessagePackWriter writer, ManifestOperator item)
    {
        writer.WriteArrayHeader(6);
        writer.Write(item.Name);
        writer.Write(item.Kind);
        writer.Write(item.StateVersion);
        writer.Write(item.Offset);
        writer.Write(item.Bytes);
        WriteAll(ref writer, item.KeyGroups, static (ref MessagePackWriter groups, ManifestKeyGroup group) =>
        {
            groups.WriteArrayHeader(2);
            groups.Write(group.Group);
            groups.Write(group.Bytes);
        });
    }

    private static ManifestOperator ReadOperator(ref MessagePackReader reader)
    {
        int count = Open(ref reader, 6);
        var item = new ManifestOperator
        {
            Name = ReadText(ref reader),
            Kind = ReadText(ref reader),
            StateVersion = reader.ReadInt32(),
            Offset = reader.ReadInt64(),
            Bytes = reader.ReadInt64(),
            KeyGroups = ReadAll(ref reader, static (ref MessagePackReader groups) =>
            {
                int fields = Open(ref groups, 2);
                var group = new ManifestKeyGroup(groups.ReadInt32(), groups.ReadInt64());
                Close(ref groups, fields - 2);
                return group;
            }),
        };
        Close(ref reader, count - 6);
        return item;
    }

    private static void WritePosition(ref MessagePackWriter writer, ManifestPosition position)
    {
        writer.WriteArrayHeader(4);
        writer.Write(position.Source);
        writer.Write(position.Split);
        writer.Write(position.Position);
        writer.Write(position.Ended);
    }

    private static ManifestPosition ReadPosition(ref MessagePackReader reader)
    {
        int count = Open(ref reader, 4);
        var position = new ManifestPosition
        {
            Source = ReadText(ref reader),
            Split = ReadText(ref reader),
            Position = reader.ReadString(),
            Ended = reader.ReadBoolean(),
        };
        Close(ref reader, count - 4);
        return position;
    }

    private static void WriteEpoch(ref MessagePackWriter writer, ManifestEpoch epoch)
    {
        writer.WriteArrayHeader(2);
        writer.Write(epoch.Sink);
        writer.Write(epoch.Epoch);
    }

    private static ManifestEpoch ReadEpoch(ref MessagePackReader reader)
    {
        int count = Open(ref reader, 2);
        var epoch = new ManifestEpoch { Sink = ReadText(ref reader), Epoch = reader.ReadInt64() };
        Close(ref reader, count - 2);
        return epoch;
    }

    private static void WriteAll<T>(ref MessagePackWriter writer, IReadOnlyList<T> items, WriteOne<T> write)
    {
        writer.WriteArrayHeader(items.Count);
        foreach (T item in items)
        {
            write(ref writer, item);
        }
    }

    private static List<T> ReadAll<T>(ref MessagePackReader reader, ReadOne<T> read)
    {
        // The list grows as items are met, so that a count which makes no sense allocates nothing.
        var items = new List<T>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            items.Add(read(ref reader));
        }

        return items;
    }

    private static string ReadText(ref MessagePackReader reader) => reader.ReadString() ?? string.Empty;

    private static int Open(ref MessagePackReader reader, int known)
    {
        int count = reader.ReadArrayHeader();
        return count >= known
            ? count
            : throw new MessagePackSerializationException($"{count} fields are there, and {known} belong there.");
    }

    private static void Close(ref MessagePackReader reader, int unknown)
    {
        for (; unknown > 0; unknown--)
        {
            reader.Skip();
        }
    }
}

using System.Buffers;
using MessagePack;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>The manifest in bytes: it comes back as it was, also through versions that add fields.</summary>
public class ManifestCodecTests
{
    internal static CheckpointManifest Example { get; } = new()
    {
        Job = "clicks",
        Id = 14,
        Savepoint = "before-upgrade",
        Created = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        StreamKitVersion = "0.1.0",
        HashSeed = ulong.MaxValue - 3,
        KeyGroupCount = 128,
        TimeZoneRules = "Europe/Berlin 2a3b",
        Parts =
        [
            new ManifestPart
            {
                Name = "source/0",
                Stage = "clicks",
                Lane = 0,
                Lanes = 1,
                Bytes = 0,
                Checksum = 0,
                Finished = true,
                Positions =
                [
                    new ManifestPosition { Source = "clicks", Split = "topic/0", Position = "4711" },
                    new ManifestPosition { Source = "clicks", Split = "topic/1", Ended = true },
                ],
            },
            Lane(0, new ManifestKeyGroup(3, 1500), new ManifestKeyGroup(7, 500)),
            Lane(1, new ManifestKeyGroup(64, 1_000_000_000)),
        ],
    };

    [Fact]
    public void AManifestComesBackAsItWas()
    {
        byte[] bytes = ManifestCodec.Encode(Example);
        CheckpointManifest read = ManifestCodec.Decode("checkpoint 14", bytes);
        Assert.Equal(bytes, ManifestCodec.Encode(read));
        Assert.Equivalent(Example, read, strict: true);
    }

    [Fact]
    public void FieldsThatALaterVersionAddsAreSkippedWhereverTheyAre()
    {
        byte[] bytes = ManifestCodec.Encode(Example);
        byte[] longer = WithOneMoreField(bytes);
        Assert.True(longer.Length > bytes.Length + 10);
        Assert.Equal(bytes, ManifestCodec.Encode(ManifestCodec.Decode("checkpoint 14", longer)));
    }

    [Fact]
    public void ANewerFormIsRefusedWithAWordOnWhatToDo()
    {
        byte[] bytes = ManifestCodec.Encode(Example);
        bytes[1] = ManifestCodec.Version + 1;
        NotSupportedException refused =
            Assert.Throws<NotSupportedException>(() => ManifestCodec.Decode("checkpoint 14", bytes));
        Assert.Contains("'checkpoint 14' has form 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("use the version that wrote it, or a newer one", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNoManifestAreDamageAndNothingElse()
    {
        byte[] bytes = ManifestCodec.Encode(Example);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<CheckpointCorruptException>(() => ManifestCodec.Decode("x", bytes.AsMemory(0, length)));
        }

        // A store without checksums of its own may hand over anything; the only answers are these.
        var dice = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] changed = [.. bytes];
            changed[dice.Next(changed.Length)] = (byte)dice.Next(256);
            Exception? thrown = Record.Exception(() => ManifestCodec.Decode("x", changed));
            Assert.True(thrown is null or CheckpointCorruptException or NotSupportedException, thrown?.ToString());
        }
    }

    private static ManifestPart Lane(int lane, params ManifestKeyGroup[] groups) => new()
    {
        Name = $"hourly/{lane}",
        Stage = "hourly",
        Lane = lane,
        Lanes = 2,
        Bytes = groups.Sum(group => group.Bytes),
        Checksum = 4_000_000_000,
        Operators =
        [
            new ManifestOperator
            {
                Name = "hourly",
                Kind = "window",
                StateVersion = 1,
                Offset = 12,
                Bytes = groups.Sum(group => group.Bytes),
                KeyGroups = groups,
            },
        ],
        Epochs = [new ManifestEpoch { Sink = "table", Epoch = 14 }],
    };

    // Adds a field to every record but not to the lists and the envelope, by their known places.
    private static byte[] WithOneMoreField(byte[] bytes)
    {
        int[] records = [9, 10, 6, 4];
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        var reader = new MessagePackReader(bytes);
        Copy(ref reader, ref writer, records);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(ref MessagePackReader reader, ref MessagePackWriter writer, int[] records)
    {
        if (reader.NextMessagePackType != MessagePackType.Array)
        {
            writer.WriteRaw(reader.ReadRaw());
            return;
        }

        int count = reader.ReadArrayHeader();
        bool isRecord = Array.IndexOf(records, count) >= 0;
        writer.WriteArrayHeader(isRecord ? count + 1 : count);
        for (int i = 0; i < count; i++)
        {
            Copy(ref reader, ref writer, records);
        }

        if (isRecord)
        {
            writer.Write("a later field");
        }
    }
}

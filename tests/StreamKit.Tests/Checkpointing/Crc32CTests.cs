using System.Buffers;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>The checksum is the one that its name says.</summary>
public class Crc32CTests
{
    // RFC 3720, B.4, and the check value of the catalogue of CRC algorithms.
    [Fact]
    public void TheValuesOfTheStandard()
    {
        Assert.Equal(0xE306_9283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A91_36AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8_AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46DD_794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(static i => (byte)i)]));
    }

    [Fact]
    public void PiecesHaveTheChecksumOfTheWhole()
    {
        byte[] bytes = new byte[1000];
        new Random(3).NextBytes(bytes);
        for (int cut = 0; cut <= 40; cut++)
        {
            ReadOnlySequence<byte> pieces =
                Chunk.Join([bytes.AsMemory(0, cut), bytes.AsMemory(cut, 3), bytes.AsMemory(cut + 3)]);
            Assert.Equal(Crc32C.Of(bytes), Crc32C.Of(pieces));
        }
    }
}

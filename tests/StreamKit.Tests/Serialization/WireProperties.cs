using System.Buffers;
using FsCheck;
using FsCheck.Xunit;
using MessagePack;
using StreamKit.Serialization;

namespace StreamKit.Tests.Serialization;

/// <summary>What is written is MessagePack: its own library writes the same bytes and reads what is written.</summary>
public class WireProperties
{
    private static readonly long[] Edges =
    [
        0, 1, 31, 32, 33, 127, 128, 129, 255, 256, 32_767, 32_768, 65_535, 65_536, int.MaxValue, int.MaxValue + 1L,
        uint.MaxValue, uint.MaxValue + 1L, long.MaxValue,
    ];

    [Fact]
    public void EveryLengthOfNumberIsThatOfMessagePack()
    {
        foreach (long number in Edges.SelectMany(edge => new[] { edge, -edge, -edge - 1 }))
        {
            SameAsMessagePack(
                (ref writer) => writer.Write(number),
                (ref writer) => writer.Write(number),
                r => r.ReadInt64() == number);
            SameAsMessagePack(
                (ref writer) => writer.Write((ulong)number),
                (ref writer) => writer.Write((ulong)number),
                r => r.ReadUInt64() == (ulong)number);
        }
    }

    [Property]
    public void NumbersAreThoseOfMessagePack(long whole, int small, double real, bool yes)
    {
        SameAsMessagePack(
            (ref writer) => writer.Write(whole), (ref writer) => writer.Write(whole), r => r.ReadInt64() == whole);
        SameAsMessagePack(
            (ref writer) => writer.Write(small), (ref writer) => writer.Write(small), r => r.ReadInt32() == small);
        SameAsMessagePack(
            (ref writer) => writer.Write(real), (ref writer) => writer.Write(real), r => r.ReadDouble().Equals(real));
        SameAsMessagePack(
            (ref writer) => writer.Write(yes), (ref writer) => writer.Write(yes), r => r.ReadBoolean() == yes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void EveryLengthOfTextAndBytesIsThatOfMessagePack(int length)
    {
        string text = new('x', length);
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        SameAsMessagePack(
            (ref writer) => writer.Write(text), (ref writer) => writer.Write(text), r => r.ReadString() == text);
        SameAsMessagePack(
            (ref writer) => writer.Write(bytes),
            (ref writer) => writer.Write(bytes),
            r => r.ReadBytes()!.Value.ToArray().AsSpan().SequenceEqual(bytes));
    }

    [Property]
    public void TextComesBackToTheLastCodeUnit(string? text)
    {
        byte[] bytes = StateBytes.Raw((ref writer) => writer.Write(text));
        Assert.Equal(text, ReadRaw(bytes, static (ref reader) => reader.ReadString()));
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("a\uDC00b")]
    [InlineData("\uD83D\uDE00\uD83D")]
    [InlineData("\uD83D\uDE00")]
    [InlineData("\0")]
    public void HalfASurrogatePairIsNotLost(string text) => TextComesBackToTheLastCodeUnit(text);

    [Property]
    public void ManySmallWritesFillOneBufferAfterTheOther(PositiveInt count)
    {
        byte[] bytes = StateBytes.Raw((ref writer) =>
        {
            for (int i = 0; i < count.Get * 50; i++)
            {
                writer.Write(i);
            }
        });
        var reader = new StateReader(bytes, new StateSchemas(new StateTypes()));
        for (int i = 0; i < count.Get * 50; i++)
        {
            Assert.Equal(i, reader.ReadInt32());
        }

        Assert.True(reader.IsAtEnd);
    }

    [Fact]
    public void BytesMayLieInPieces()
    {
        byte[] bytes = StateBytes.Raw(static (ref writer) =>
        {
            writer.Write("some text");
            writer.Write(70_000);
        });
        var last = new Piece(bytes.AsMemory(5), null, 5);
        var first = new Piece(bytes.AsMemory(0, 5), last, 0);
        var reader = new StateReader(
            new ReadOnlySequence<byte>(first, 0, last, bytes.Length - 5), new StateSchemas(new StateTypes()));
        Assert.Equal("some text", reader.ReadString());
        Assert.Equal(70_000, reader.ReadInt32());
        Assert.True(reader.IsAtEnd);
    }

    private static T ReadRaw<T>(byte[] bytes, StateBytes.Reading<T> read)
    {
        var reader = new StateReader(bytes, new StateSchemas(new StateTypes()));
        T value = read(ref reader);
        Assert.True(reader.IsAtEnd);
        return value;
    }

    private delegate void Packing(ref MessagePackWriter writer);

    private delegate bool Unpacking(MessagePackReader reader);

    private static void SameAsMessagePack(StateBytes.Writing write, Packing pack, Unpacking holds)
    {
        byte[] bytes = StateBytes.Raw(write);
        var output = new ArrayBufferWriter<byte>();
        var packer = new MessagePackWriter(output);
        pack(ref packer);
        packer.Flush();
        Assert.Equal(output.WrittenSpan.ToArray(), bytes);
        Assert.True(holds(new MessagePackReader(bytes)));
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? next, long index) =>
            (Memory, Next, RunningIndex) = (memory, next, index);
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck.Xunit;

namespace StreamKit.Kafka.Tests;

public sealed class KafkaFormatTests
{
    [Property]
    public void TextComesBack(string? text)
    {
        string written = new([.. (text ?? "").Where(letter => !char.IsSurrogate(letter)), '\u20ac']);
        Assert.Equal(written, RoundTrip(KafkaFormat.Utf8, written));
    }

    [Property]
    public void BytesComeBack(byte[] bytes) => Assert.Equal(bytes, RoundTrip(KafkaFormat.Bytes, bytes));

    [Property]
    public void NumbersComeBack(int small, long large)
    {
        Assert.Equal(small, RoundTrip(KafkaFormat.BigEndian32, small));
        Assert.Equal(large, RoundTrip(KafkaFormat.BigEndian64, large));
    }

    [Fact]
    public void NumbersAreWhatJavaWrites()
    {
        Assert.Equal("00000102", Convert.ToHexString(Write(KafkaFormat.BigEndian32, 258)!));
        Assert.Equal("FFFFFFFFFFFFFFFE", Convert.ToHexString(Write(KafkaFormat.BigEndian64, -2)!));
        Assert.Throws<InvalidDataException>(() => KafkaFormat.BigEndian32.Deserialize(new byte[5]));
        Assert.Throws<InvalidDataException>(() => KafkaFormat.BigEndian64.Deserialize(new byte[7]));
    }

    [Property]
    public void RecordsComeBackFromJsonAndFromMessagePack(string? customer, long amount)
    {
        var order = new Order { Customer = customer, Amount = amount, Time = DateTimeOffset.UnixEpoch };
        Assert.Equal(order, RoundTrip(KafkaFormat.Json(OrderContext.Default.Order), order));
        Assert.Equal(order, RoundTrip(KafkaFormat.Json<Order>(), order));
        Assert.Equal(order, RoundTrip(KafkaFormat.MessagePack<Order>(), order));
    }

    [Fact]
    public void AWriterThatFailedIsNotUsedAgain()
    {
        IKafkaFormat<Order> json = KafkaFormat.Json(OrderContext.Default.Order);
        var order = new Order { Customer = "a", Amount = 1 };
        Write(json, order);
        Assert.Throws<JsonException>(() => json.Serialize(order, new FullOutput()));
        Assert.Equal(order, RoundTrip(json, order));
    }

    [Fact]
    public void TwoThreadsMayUseOneFormat()
    {
        IKafkaFormat<Order> json = KafkaFormat.Json(OrderContext.Default.Order);
        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < 5000; i++)
            {
                var order = new Order { Customer = new string((char)('a' + thread), 40), Amount = i };
                Assert.Equal(order, RoundTrip(json, order));
            }
        });
    }

    [Fact]
    public void WhatIsNoTextNoDocumentOrTooMuchIsRefused()
    {
        Assert.Throws<DecoderFallbackException>(() => KafkaFormat.Utf8.Deserialize([0xff]));
        Assert.Throws<EncoderFallbackException>(() => Write(KafkaFormat.Utf8, "\ud800"));
        Assert.Throws<JsonException>(() => KafkaFormat.Json(OrderContext.Default.Order).Deserialize("{"u8));
        Assert.Throws<JsonException>(() => KafkaFormat.Json(OrderContext.Default.Order).Deserialize("null"u8));
        byte[] two = [1, 2]; // Two small numbers, one behind the other.
        Assert.Throws<InvalidDataException>(() => KafkaFormat.MessagePack<int>().Deserialize(two));
    }

    [Fact]
    public void APartThatIsNullIsKafkasNull()
    {
        IKafkaSerializer<Order> customer = KafkaFormat.Utf8.Of((Order order) => order.Customer);
        Assert.Equal("anna"u8.ToArray(), Write(customer, new Order { Customer = "anna", Amount = 1 }));
        Assert.Empty(Write(customer, new Order { Customer = "", Amount = 1 })!);
        Assert.Null(Write(customer, new Order { Customer = null, Amount = 1 }));
        IKafkaSerializer<Order> amount = KafkaFormat.BigEndian64.Of((Order order) => order.Amount);
        Assert.Equal(8, Write(amount, new Order { Customer = null, Amount = 0 })!.Length);
    }

    private static byte[]? Write<T>(IKafkaSerializer<T> serializer, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        return serializer.Serialize(value, output) ? output.WrittenSpan.ToArray() : null;
    }

    private static T RoundTrip<T>(IKafkaFormat<T> format, T value) => format.Deserialize(Write(format, value));

    private sealed class FullOutput : IBufferWriter<byte>
    {
        public void Advance(int count) => throw new JsonException("Full.");

        public Memory<byte> GetMemory(int sizeHint = 0) => new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => new byte[Math.Max(sizeHint, 1)];
    }
}

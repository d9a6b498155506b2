using FsCheck;
using FsCheck.Xunit;
using StreamKit.Serialization;
using StreamKit.Windowing;

namespace StreamKit.Tests.Serialization;

/// <summary>Bytes that are damaged are a state exception, or some other value; never another failure.</summary>
[Properties(MaxTest = 200)]
public class DamageProperties
{
    private static readonly StateTypes Types = new StateTypes()
        .UseJson(ShopJson.Default.Visit)
        .UseMessagePack<Cart>("cart");

    [Property]
    public void DamagedBytesAreReported(int seed, int number, string? text, decimal amount, DateTimeOffset instant)
    {
        Damage(seed, number);
        Damage(seed, text);
        Damage(seed, amount);
        Damage(seed, instant);
        Damage(seed, (number, text, amount, instant));
        Damage(seed, new List<string?> { text, "x", text });
        Damage(seed, new Dictionary<string, int?> { ["a"] = number, ["b"] = null });
        Damage(seed, (Guid.Empty, DayOfWeek.Friday, DateOnly.MinValue, TimeOnly.MinValue, new Uri("https://a.b/c")));
        Damage(seed, new Window(new(number), new(number + 1L)));
        Damage(seed, new Pane(PaneTiming.Early, number));
        Damage(seed, new Visit(text ?? "", number));
        Damage(seed, new Cart { Id = number, Items = [text ?? "", "b"] });
    }

    [Property]
    public void AnyBytesAreReported(byte[] bytes)
    {
        Read<int>(bytes);
        Read<string>(bytes);
        Read<List<Dictionary<string, int[]>>>(bytes);
        Read<(decimal, Guid, DateTime)>(bytes);
        Read<Cart>(bytes);
        Read<Visit>(bytes);
    }

    [Theory]
    [InlineData(new byte[] { 0xDB, 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xC6, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xDB, 0x80, 0x00, 0x00, 0x00, 0x61 })]
    public void ALengthIsNotBelieved(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<StateException>(() =>
        {
            var reader = new StateReader(bytes, new StateSchemas(Types));
            reader.ReadString();
        });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void ACountIsNotBelieved()
    {
        byte[] claims = StateBytes.Of(Types, static (ref writer) =>
        {
            writer.Schema<List<int>>();
            writer.Write(int.MaxValue);
            writer.Schema<int>();
            writer.Write(1);
        });
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<StateException>(() => Types.FromBytes<List<int>>(claims));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void AChainWithoutEndIsCutOff()
    {
        StateTypes types = new StateTypes().Use(new ChainSerializer());
        Assert.Equal(400, types.FromBytes<Chain>(types.ToBytes(Chain.Of(400))).Length);
        Assert.Contains(
            "deep",
            Assert.Throws<StateException>(() => types.ToBytes(Chain.Of(10_000))).Message,
            StringComparison.Ordinal);

        byte[] head = types.ToBytes(Chain.Of(1))[..^1]; // All but the last "no".
        byte[] yesAndSchema = [0xC3, 0];
        byte[] tail = [.. Enumerable.Repeat(yesAndSchema, 200_000).SelectMany(static bytes => bytes)];
        byte[] deep = [.. head, .. tail];
        Assert.Throws<StateException>(() => types.FromBytes<Chain>(deep));
    }

    [Fact]
    public void ASerializerThatWritesNothingIsFoundWhenItWrites()
    {
        StateTypes types = new StateTypes().Use(new SilentSerializer());
        StateException refused = Assert.Throws<StateException>(() => types.ToBytes(new Chain(null)));
        Assert.Contains("wrote nothing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatFollowsAValueIsReported() =>
        Assert.Throws<StateException>(() => Types.FromBytes<int>((byte[])[.. Types.ToBytes(5), 1]));

    private static void Damage<T>(int seed, T value)
    {
        var random = new System.Random(seed);
        byte[] bytes = Types.ToBytes(value);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<StateException>(() => Types.FromBytes<T>(bytes.AsMemory(0, length)));
        }

        for (int i = 0; i < 20; i++)
        {
            byte[] damaged = [.. bytes];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Read<T>(damaged);
        }
    }

    private static void Read<T>(byte[] bytes)
    {
        try
        {
            Types.FromBytes<T>(bytes);
        }
        catch (StateException)
        {
            // What is expected.
        }
    }

    private sealed class SilentSerializer : StateSerializer<Chain>
    {
        public override string Schema => "silent";

        public override void Write(ref StateWriter writer, in Chain value)
        {
        }

        public override Chain Read(ref StateReader reader) => new(null);
    }
}

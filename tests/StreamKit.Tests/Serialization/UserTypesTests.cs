using MessagePack;
using MessagePack.Resolvers;
using StreamKit.Serialization;

namespace StreamKit.Tests.Serialization;

/// <summary>Types of users are kept as JSON, as MessagePack or by serializers of their own.</summary>
public class UserTypesTests
{
    [Fact]
    public void AMarkedTypeNeedsNoRegistration()
    {
        var types = new StateTypes();
        Cart cart = types.FromBytes<Cart>(types.ToBytes(new Cart { Id = 3, Items = ["a"] }));
        Assert.Equal((3, "a"), (cart.Id, cart.Items.Single()));
        Assert.Equal(new InnerCart(3, null), types.FromBytes<InnerCart>(types.ToBytes(new InnerCart(3, null))));
        Assert.Equal(
            [new InnerCart(1, "x")],
            types.FromBytes<List<InnerCart>>(types.ToBytes(new List<InnerCart> { new(1, "x") })));
        Assert.Null(types.FromBytes<Cart?>(types.ToBytes<Cart?>(null)));
        Assert.Equal(new InnerCart(1, "x"), types.FromBytes<InnerCart?>(types.ToBytes<InnerCart?>(new(1, "x"))));
    }

    [Fact]
    public void JsonKeepsWhatItsContextKnows()
    {
        StateTypes types = new StateTypes().UseJson(ShopJson.Default.Visit);
        Assert.Equal(new Visit("a", 2), types.FromBytes<Visit>(types.ToBytes(new Visit("a", 2))));
        Assert.Null(types.FromBytes<Visit?>(types.ToBytes<Visit?>(null)));
        Assert.Equal("json:StreamKit.Tests.Serialization.Visit", types.Find<Visit>()!.Schema);
    }

    [Fact]
    public void ATypeThatWasRenamedKeepsItsSchema()
    {
        StateTypes before = new StateTypes().UseMessagePack<Cart>("cart");
        StateTypes after = new StateTypes().UseMessagePack<InnerCartWithItems>("cart");
        Assert.Equal(8, after.FromBytes<InnerCartWithItems>(before.ToBytes(new Cart { Id = 8 })).Id);
    }

    [Fact]
    public void OptionsOfMessagePackAreUsed()
    {
        MessagePackSerializerOptions packed = MessagePackSerializerOptions.Standard.WithCompression(
            MessagePackCompression.Lz4BlockArray).WithSecurity(MessagePackSecurity.UntrustedData);
        StateTypes types = new StateTypes().UseMessagePack(packed);
        var cart = new Cart { Items = [.. Enumerable.Repeat("the same", 500)] };
        Assert.InRange(types.ToBytes(cart).Length, 1, 1_000);
        Assert.Equal(cart.Items, types.FromBytes<Cart>(types.ToBytes(cart)).Items);
    }

    [Fact]
    public void TypelessMessagePackIsRefused()
    {
        Assert.Throws<ArgumentException>(
            () => new StateTypes().UseMessagePack(TypelessContractlessStandardResolver.Options));
        Assert.Throws<ArgumentException>(
            () => new StateTypes().UseMessagePack<Cart>(null, TypelessContractlessStandardResolver.Options));
    }

    [Fact]
    public void AnAttributeNamesTheSerializer()
    {
        var types = new StateTypes();
        Assert.Equal(new Marked(4), types.FromBytes<Marked>(types.ToBytes(new Marked(4))));
        Assert.Equal(new Wrapped<int>(4), types.FromBytes<Wrapped<int>>(types.ToBytes(new Wrapped<int>(4))));
        Assert.Contains(
            "is none",
            Assert.Throws<StateException>(() => types.ToBytes(new Mistaken())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsRegisteredComesBeforeWhatIsKnown()
    {
        var types = new StateTypes();
        Assert.Equal("int32", types.Find<int>()!.Schema);
        types.Use(new OwnInt());
        Assert.Equal("own", types.Find<int>()!.Schema);
    }

    [Fact]
    public void WhatIsMissingIsNamedDownToThePart()
    {
        var needs = new StateNeeds(new StateTypes());
        needs.Add<int>();
        needs.Add<List<Visit>>();
        needs.Add<List<Visit>>();
        needs.Add<(int, object)>();
        Assert.Equal([typeof(List<Visit>), typeof((int, object))], needs.Missing);

        StateException missing = Assert.Throws<StateException>(() => new StateTypes().ToBytes(new List<Visit>()));
        Assert.Contains(
            "Values of StreamKit.Tests.Serialization.Visit, which is part of "
            + "System.Collections.Generic.List<StreamKit.Tests.Serialization.Visit>, cannot",
            missing.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CompositesMayBeRegistered()
    {
        StateTypes types = new StateTypes()
            .UseTuple<int, string>().UseTuple<int, int, int>().UseTuple<int, int, int, int>()
            .UseDictionary<int, string>().UseEnum<DayOfWeek>().UseNullable<Guid>();
        Assert.Equal((1, "a"), types.FromBytes<(int, string)>(types.ToBytes((1, "a"))));
        Assert.Equal(DayOfWeek.Friday, types.FromBytes<DayOfWeek>(types.ToBytes(DayOfWeek.Friday)));
    }

    [StateSerializer(typeof(MarkedSerializer))]
    private readonly record struct Marked(int Value);

    [StateSerializer(typeof(WrappedSerializer<>))]
    private readonly record struct Wrapped<T>(T Value);

    [StateSerializer(typeof(OwnInt))]
    private sealed class Mistaken;

    private sealed class OwnInt : StateSerializer<int>
    {
        public override string Schema => "own";

        public override void Write(ref StateWriter writer, in int value) => writer.Write(value);

        public override int Read(ref StateReader reader) => reader.ReadInt32();
    }

    private sealed class MarkedSerializer : StateSerializer<Marked>
    {
        public override string Schema => "marked";

        public override void Write(ref StateWriter writer, in Marked value) => writer.Write(value.Value);

        public override Marked Read(ref StateReader reader) => new(reader.ReadInt32());
    }

    private sealed class WrappedSerializer<T> : StateSerializer<Wrapped<T>>
    {
        public override string Schema => "wrapped";

        public override void Write(ref StateWriter writer, in Wrapped<T> value) => writer.Value(value.Value);

        public override Wrapped<T> Read(ref StateReader reader) => new(reader.Value<T>());
    }
}

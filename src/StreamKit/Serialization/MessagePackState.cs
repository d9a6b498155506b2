using System.Diagnostics.CodeAnalysis;
using MessagePack;
using MessagePack.Resolvers;

namespace StreamKit.Serialization;

/// <summary>Finds the types that are marked for MessagePack.</summary>
internal static class MessagePackState
{
    private const string Reason = "MessagePack generates a formatter at run time.";

    /// <exception cref="ArgumentException">Bytes would say what types are created.</exception>
    public static MessagePackSerializerOptions Checked(MessagePackSerializerOptions options) =>
        options.Resolver is TypelessContractlessStandardResolver or TypelessObjectResolver
            ? throw new ArgumentException(
                "Typeless MessagePack creates whatever type the bytes name, so it is not used for state: give the "
                + "options another resolver.",
                nameof(options))
            : options;

    /// <summary>The serializer of a type that is marked; null for others.</summary>
    [RequiresDynamicCode(Reason)]
    [RequiresUnreferencedCode(Reason)]
    public static IStateSerializer? Find(Type type, MessagePackSerializerOptions? options) =>
        type.IsDefined(typeof(MessagePackObjectAttribute), inherit: false)
            || type.IsDefined(typeof(UnionAttribute), inherit: false)
            ? (IStateSerializer)Activator.CreateInstance(
                typeof(MessagePackStateSerializer<>).MakeGenericType(type), NameOf(type), options ?? OptionsFor(type))!
            : null; // The constructor gives an instance.

    [RequiresDynamicCode(Reason)]
    [RequiresUnreferencedCode(Reason)]
    public static StateSerializer<T> SerializerOf<T>(MessagePackSerializerOptions? options, string? schema) =>
        new MessagePackStateSerializer<T>(schema ?? NameOf(typeof(T)), options ?? OptionsFor(typeof(T)));

    private static string NameOf(Type type) => "msgpack:" + TypeNames.Of(type);

    // The bytes come from outside of the process, and may have been changed there. A type that only its own assembly
    // sees is served as well; the formatter is made otherwise, the bytes are the same.
    private static MessagePackSerializerOptions OptionsFor(Type type) =>
        (type.IsVisible ? StandardResolver.Options : StandardResolverAllowPrivate.Options)
        .WithSecurity(MessagePackSecurity.UntrustedData);
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Resolvers;
using StreamKit.Kafka.Formats;

namespace StreamKit.Kafka;

/// <summary>Forms of keys and values; what one writes it reads, and other clients of Kafka read the same.</summary>
public static class KafkaFormat
{
    private const string JsonNeedsReflection =
        "JSON is mapped by reflection; give the JsonTypeInfo<T> of a JsonSerializerContext instead.";

    private const string NeedsReflection =
        "The standard resolver of MessagePack makes formatters by reflection; give options with a generated one.";

    /// <summary>Bytes as they are.</summary>
    public static IKafkaFormat<byte[]> Bytes { get; } = new BytesFormat();

    /// <summary>Text in UTF-8; bytes that are none are refused.</summary>
    public static IKafkaFormat<string> Utf8 { get; } = new Utf8Format();

    /// <summary>Four bytes, the most significant first, as Java's IntegerSerializer has them.</summary>
    public static IKafkaFormat<int> BigEndian32 { get; } = new BigEndian32Format();

    /// <summary>Eight bytes, the most significant first, as Java's LongSerializer has them.</summary>
    public static IKafkaFormat<long> BigEndian64 { get; } = new BigEndian64Format();

    /// <summary>JSON in UTF-8, without reflection.</summary>
    /// <typeparam name="T">What is written and read.</typeparam>
    /// <param name="typeInfo">How it becomes JSON, from a JsonSerializerContext.</param>
    /// <example><code>
    /// KafkaFormat.Json(OrderContext.Default.Order)
    /// </code></example>
    public static IKafkaFormat<T> Json<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new JsonFormat<T>(typeInfo);
    }

    /// <summary>JSON in UTF-8, mapped by reflection.</summary>
    /// <typeparam name="T">What is written and read.</typeparam>
    /// <param name="options">How it becomes JSON; null for the defaults of System.Text.Json.</param>
    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    public static IKafkaFormat<T> Json<T>(JsonSerializerOptions? options = null)
    {
        JsonSerializerOptions known = options ?? JsonSerializerOptions.Default;
        known.MakeReadOnly(populateMissingResolver: true);
        return new JsonFormat<T>((JsonTypeInfo<T>)known.GetTypeInfo(typeof(T)));
    }

    /// <summary>One MessagePack object, with the standard resolver.</summary>
    /// <typeparam name="T">What is written and read.</typeparam>
    [RequiresUnreferencedCode(NeedsReflection)]
    [RequiresDynamicCode(NeedsReflection)]
    public static IKafkaFormat<T> MessagePack<T>() => MessagePack<T>(
        MessagePackSerializerOptions.Standard
            .WithResolver(StandardResolver.Instance)
            .WithSecurity(MessagePackSecurity.UntrustedData));

    /// <summary>One MessagePack object.</summary>
    /// <typeparam name="T">What is written and read.</typeparam>
    /// <param name="options">The resolver, the compression and the security.</param>
    public static IKafkaFormat<T> MessagePack<T>(MessagePackSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new MessagePackFormat<T>(options);
    }

    /// <summary>Writes a part of a record, such as its key.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <typeparam name="TPart">The part.</typeparam>
    /// <param name="serializer">How the part is written.</param>
    /// <param name="part">Takes the part; where it is null, Kafka's null is written.</param>
    /// <example><code>
    /// KafkaFormat.Utf8.Of((Order order) => order.Customer)
    /// </code></example>
    public static IKafkaSerializer<T> Of<T, TPart>(this IKafkaSerializer<TPart> serializer, Func<T, TPart?> part)
        where TPart : notnull
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(part);
        return new PartSerializer<T, TPart>(serializer, part);
    }
}

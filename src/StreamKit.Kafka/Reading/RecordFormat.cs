using System.Diagnostics.CodeAnalysis;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>Makes the records of a source of messages.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="T">The type of the records.</typeparam>
internal abstract class RecordFormat<TKey, TValue, T>
{
    /// <summary>How a key is read; null where keys do not matter.</summary>
    public abstract IKafkaDeserializer<TKey>? Key { get; }

    /// <summary>How a value is read.</summary>
    public abstract IKafkaDeserializer<TValue> Value { get; }

    /// <summary>Whether a record holds the headers, topic and timestamp of its message.</summary>
    public abstract bool NeedsAll { get; }

    /// <summary>Makes a record.</summary>
    /// <param name="message">What belongs to the message beside key and value.</param>
    /// <param name="key">The key; the default where there is none.</param>
    /// <param name="value">The value; the default where there is none.</param>
    /// <param name="record">The record.</param>
    /// <returns>False where the message rightly is none.</returns>
    /// <exception cref="Exception">It cannot be a record.</exception>
    public abstract bool TryMake(
        in MessageInfo message, TKey? key, TValue? value, [MaybeNullWhen(false)] out T record);

    /// <summary>What a feed gets of a message.</summary>
    public Fetched<T> ToFetched(in MessageInfo message, TKey? key, TValue? value)
    {
        try
        {
            return TryMake(message, key, value, out T? record)
                ? Fetched<T>.Record(record, message.Offset, message.Bytes)
                : Fetched<T>.NoRecord(PartitionFeed<T>.Passed, message.Offset, message.Bytes);
        }
        catch (Exception exception)
        {
            return Bad(message, exception, []);
        }
    }

    public static Fetched<T> Bad(in MessageInfo message, Exception exception, byte[] bytes) => Fetched<T>.NoRecord(
        new BadRecord(
            SplitName.Of(message.Topic, message.Partition), SplitName.Position(message.Offset), bytes, exception),
        message.Offset,
        message.Bytes);
}

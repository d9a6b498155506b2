namespace StreamKit.Kafka.Writing;

/// <summary>Where the message of a record goes, and what it says; shared by the writers of a sink.</summary>
internal sealed class MessageFormat<T>
{
    public MessageFormat(string topic, IKafkaSerializer<T> value, KafkaSinkOptions<T> options)
        : this(_ => topic, value, options) => FixedTopic = topic;

    public MessageFormat(Func<T, string> topic, IKafkaSerializer<T> value, KafkaSinkOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(value);
        (Topic, Value, Options) = (topic, value, options.Validated());
    }

    /// <summary>The topic of a record.</summary>
    public Func<T, string> Topic { get; }

    /// <summary>The topic of all records; null where each has its own.</summary>
    public string? FixedTopic { get; }

    public IKafkaSerializer<T> Value { get; }

    public KafkaSinkOptions<T> Options { get; }

    /// <summary>Whether a record without a key is an error, because nothing could replace it.</summary>
    public bool NeedsKey { get; init; }
}

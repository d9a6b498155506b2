using Confluent.Kafka;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>Gets messages one at a time, through the client's public interface.</summary>
internal sealed class ConsumeFetcher<TKey, TValue, T> : IKafkaFetcher
{
    // So many at once, before readers are told and commands are looked at.
    private const int MostAtOnce = 1024;

    private readonly Part<TKey> _key;
    private readonly Part<TValue> _value;
    private readonly FetchScope<TKey, TValue, T> _scope;

    public ConsumeFetcher(FetchScope<TKey, TValue, T> scope)
    {
        _scope = scope;
        _key = new Part<TKey>(scope.Format.Key);
        _value = new Part<TValue>(scope.Format.Value);
        ConsumerConfig config = scope.Settings.Configure();
        config.ConsumeResultFields =
            scope.Format.NeedsAll ? "all" : scope.Settings.OnlyTopic is null ? "topic" : "none";
        ConsumerBuilder<TKey?, TValue?> builder = new ConsumerBuilder<TKey?, TValue?>(config)
            .SetLogHandler((_, message) => scope.Events.OnLog(message))
            .SetErrorHandler((_, error) => scope.Events.OnError(error))
            .SetKeyDeserializer(_key)
            .SetValueDeserializer(_value);
        if (scope.Group is { } group)
        {
            builder.SetPartitionsAssignedHandler((_, partitions) => group.OnAssigned(partitions))
                .SetPartitionsRevokedHandler((_, partitions) => group.OnRevoked(partitions))
                .SetPartitionsLostHandler((_, partitions) => group.OnLost(partitions));
        }

        try
        {
            Consumer = builder.Build();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What came from the client is not passed on as it is, for it repeats values.
            throw new KafkaStreamException(
                $"'{scope.Source}' has a setting that librdkafka refuses: "
                + scope.Settings.Connection.Redact(exception.Message));
        }
    }

    public IConsumer<TKey?, TValue?> Consumer { get; }

    public void Fetch(TimeSpan wait)
    {
        int count = 0;
        try
        {
            ConsumeResult<TKey?, TValue?>? result = Consumer.Consume(wait);
            while (result is not null)
            {
                Take(result);
                if (++count == MostAtOnce || _scope.Feeds.Full.Count > 0)
                {
                    break;
                }

                result = Consumer.Consume(TimeSpan.Zero);
            }
        }
        catch (ConsumeException exception)
        {
            ConsumeResult<byte[], byte[]>? at = exception.ConsumerRecord;
            _scope.OnError(
                exception.Error,
                at is null || at.Partition.Value < 0
                    ? null
                    : new TopicPartitionOffset(_scope.Settings.OnlyTopic ?? at.Topic, at.Partition, at.Offset),
                this);
        }
    }

    public void Assign(IReadOnlyCollection<TopicPartitionOffset> partitions) => Consumer.IncrementalAssign(partitions);

    public void Unassign(IReadOnlyCollection<TopicPartition> partitions) => Consumer.IncrementalUnassign(partitions);

    public void Pause(TopicPartition partition) => Consumer.Pause([partition]);

    public void Resume(TopicPartition partition) => Consumer.Resume([partition]);

    public void GoOnAt(TopicPartitionOffset position)
    {
        // A partition that was given up does not let itself be sought in.
        Consumer.IncrementalUnassign([position.TopicPartition]);
        Consumer.IncrementalAssign([position]);
    }

    public long FirstOffset(TopicPartition partition) =>
        Consumer.QueryWatermarkOffsets(partition, TimeSpan.FromSeconds(30)).Low.Value;

    public void Dispose()
    {
        try
        {
            Consumer.Close();
        }
        finally
        {
            Consumer.Dispose();
        }
    }

    private void Take(ConsumeResult<TKey?, TValue?> result)
    {
        string topic = _scope.Settings.OnlyTopic ?? result.Topic;
        if (_scope.Feeds.Find(topic, result.Partition.Value) is not { } feed)
        {
            return;
        }

        if (result.IsPartitionEOF)
        {
            _scope.Feeds.Reach(feed, result.Offset.Value);
            return;
        }

        var message = new MessageInfo
        {
            Topic = topic,
            Partition = result.Partition.Value,
            Offset = result.Offset.Value,
            Bytes = _key.Bytes + _value.Bytes,
            HasKey = _key.IsThere,
            HasValue = _value.IsThere,
            Timestamp = TimeOf(result.Message.Timestamp),
            Headers = HeadersOf(result.Message.Headers),
        };
        Fetched<T> item = (_key.Failure ?? _value.Failure) is { } failure
            ? RecordFormat<TKey, TValue, T>.Bad(message, failure, _key.Failed ?? _value.Failed ?? [])
            : _scope.Format.ToFetched(message, result.Message.Key, result.Message.Value);
        _scope.Feeds.Take(feed, item);
    }

    private static Time.Timestamp TimeOf(Confluent.Kafka.Timestamp time) =>
        time.Type == TimestampType.NotAvailable
            ? Time.Timestamp.MinValue
            : Time.Timestamp.FromUnixTimeMilliseconds(time.UnixTimestampMs);

    private static IReadOnlyList<KafkaHeader> HeadersOf(Headers? headers) => headers is { Count: > 0 }
        ? [.. headers.Select(static header => new KafkaHeader(header.Key, header.GetValueBytes()))]
        : [];

    /// <summary>
    /// Reads a key or a value within the client's call, where its bytes are; a failure waits to be asked for, since the
    /// client would wrap it up with copies of everything.
    /// </summary>
    private sealed class Part<TPart>(IKafkaDeserializer<TPart>? deserializer) : IDeserializer<TPart?>
    {
        public bool IsThere { get; private set; }

        public int Bytes { get; private set; }

        public Exception? Failure { get; private set; }

        public byte[]? Failed { get; private set; }

        public TPart? Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
        {
            (IsThere, Bytes, Failure, Failed) = (!isNull, data.Length, null, null);
            if (isNull || deserializer is null)
            {
                return default;
            }

            try
            {
                return deserializer.Deserialize(data);
            }
            catch (Exception exception)
            {
                (Failure, Failed) = (exception, data.ToArray());
                return default;
            }
        }
    }
}

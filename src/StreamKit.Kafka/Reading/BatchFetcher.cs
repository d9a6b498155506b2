using System.Runtime.InteropServices;
using Confluent.Kafka;
using StreamKit.Kafka.Native;

namespace StreamKit.Kafka.Reading;

/// <summary>Gets messages in batches from librdkafka itself, and reads them where they lie.</summary>
/// <remarks>
/// The library's rules: a batch is not taken while the same client seeks, pauses or resumes, or messages are lost or
/// come twice. All of that happens on the poll thread. Positions come from the messages; those that the client keeps
/// mean nothing here.
/// </remarks>
internal sealed unsafe class BatchFetcher<TKey, TValue, T> : IKafkaFetcher
{
    private readonly IKafkaFetcher _client;
    private readonly FetchScope<TKey, TValue, T> _scope;
    private readonly nint _queue;
    private readonly NativeMessage*[] _messages = new NativeMessage*[BatchFetching.Largest];
    private readonly Dictionary<nint, string> _topics = [];

    // Messages of one partition come in runs.
    private (nint Topic, int Partition, PartitionFeed<T>? Feed) _last;

    /// <summary>Takes batches from a client.</summary>
    /// <param name="client">Does everything but fetching.</param>
    /// <param name="handle">The client of librdkafka below it.</param>
    /// <param name="scope">Where messages go.</param>
    public BatchFetcher(IKafkaFetcher client, SafeHandle handle, FetchScope<TKey, TValue, T> scope)
    {
        (_client, _scope) = (client, scope);
        _queue = ConsumerApi.rd_kafka_queue_get_consumer(handle);
        if (_queue == 0)
        {
            throw new EntryPointNotFoundException("the client has no queue of messages");
        }
    }

    public void Fetch(TimeSpan wait)
    {
        int count;
        fixed (NativeMessage** messages = _messages)
        {
            nint got = ConsumerApi.rd_kafka_consume_batch_queue(
                _queue, (int)wait.TotalMilliseconds, messages, (nuint)_scope.Feeds.Bounds.Batch);
            count = (int)got;
        }

        // A feed may have come to the place of another since the last batch.
        _last = default;
        int taken = 0;
        try
        {
            for (; taken < count; taken++)
            {
                Take(_messages[taken]);
                ConsumerApi.rd_kafka_message_destroy(_messages[taken]);
            }
        }
        finally
        {
            for (; taken < count; taken++)
            {
                ConsumerApi.rd_kafka_message_destroy(_messages[taken]);
            }
        }
    }

    public void Assign(IReadOnlyCollection<TopicPartitionOffset> partitions)
    {
        _topics.Clear(); // A topic that is let go may leave its address to another.
        _client.Assign(partitions);
    }

    public void Unassign(IReadOnlyCollection<TopicPartition> partitions)
    {
        _topics.Clear();
        _client.Unassign(partitions);
    }

    public void Pause(TopicPartition partition) => _client.Pause(partition);

    public void Resume(TopicPartition partition) => _client.Resume(partition);

    public void GoOnAt(TopicPartitionOffset position) => _client.GoOnAt(position);

    public long FirstOffset(TopicPartition partition) => _client.FirstOffset(partition);

    public void Dispose()
    {
        ConsumerApi.rd_kafka_queue_destroy(_queue);
        _client.Dispose();
    }

    private void Take(NativeMessage* message)
    {
        if (message->Topic == 0)
        {
            _scope.OnError(ErrorOf(message), null, this);
            return;
        }

        if (FeedOf(message) is not { } feed)
        {
            return;
        }

        if (message->Error == ConsumerApi.PartitionEnd)
        {
            _scope.Feeds.Reach(feed, message->Offset);
        }
        else if (message->Error != 0)
        {
            _scope.OnError(
                ErrorOf(message), new TopicPartitionOffset(feed.Topic, feed.Partition, message->Offset), this);
        }
        else
        {
            _scope.Feeds.Take(feed, Read(message, feed));
        }
    }

    private Fetched<T> Read(NativeMessage* message, PartitionFeed<T> feed)
    {
        bool needsAll = _scope.Format.NeedsAll;
        var info = new MessageInfo
        {
            Topic = feed.Topic,
            Partition = feed.Partition,
            Offset = message->Offset,
            Bytes = (int)(message->KeyLength + message->ValueLength),
            HasKey = message->Key is not null,
            HasValue = message->Value is not null,
            Timestamp = needsAll ? TimeOf(message) : default,
            Headers = needsAll ? HeadersOf(message) : [],
        };
        ReadOnlySpan<byte> part = default;
        try
        {
            TKey? key = default;
            if (_scope.Format.Key is { } keys && info.HasKey)
            {
                part = new ReadOnlySpan<byte>(message->Key, (int)message->KeyLength);
                key = keys.Deserialize(part);
            }

            TValue? value = default;
            if (info.HasValue)
            {
                part = new ReadOnlySpan<byte>(message->Value, (int)message->ValueLength);
                value = _scope.Format.Value.Deserialize(part);
            }

            return _scope.Format.ToFetched(info, key, value);
        }
        catch (Exception exception)
        {
            return RecordFormat<TKey, TValue, T>.Bad(info, exception, part.ToArray());
        }
    }

    private PartitionFeed<T>? FeedOf(NativeMessage* message)
    {
        if (_last.Topic == message->Topic && _last.Partition == message->Partition)
        {
            return _last.Feed;
        }

        if (!_topics.TryGetValue(message->Topic, out string? topic))
        {
            topic = Marshal.PtrToStringUTF8(ConsumerApi.rd_kafka_topic_name(message->Topic)) ?? string.Empty;
            _topics.Add(message->Topic, topic);
        }

        _last = (message->Topic, message->Partition, _scope.Feeds.Find(topic, message->Partition));
        return _last.Feed;
    }

    private static Error ErrorOf(NativeMessage* message) => new(
        (ErrorCode)message->Error,
        Marshal.PtrToStringUTF8(ConsumerApi.rd_kafka_message_errstr(message)) ?? string.Empty);

    private static Time.Timestamp TimeOf(NativeMessage* message)
    {
        long time = ConsumerApi.rd_kafka_message_timestamp(message, out int type);
        return type == 0 ? Time.Timestamp.MinValue : Time.Timestamp.FromUnixTimeMilliseconds(time);
    }

    private static KafkaHeader[] HeadersOf(NativeMessage* message)
    {
        if (ConsumerApi.rd_kafka_message_headers(message, out nint headers) != 0)
        {
            return [];
        }

        var all = new List<KafkaHeader>();
        while (ConsumerApi.rd_kafka_header_get_all(
            headers, (nuint)all.Count, out nint name, out byte* value, out nuint size) == 0)
        {
            byte[]? bytes = value is null ? null : new ReadOnlySpan<byte>(value, (int)size).ToArray();
            all.Add(new KafkaHeader(Marshal.PtrToStringUTF8(name) ?? string.Empty, bytes));
        }

        return [.. all];
    }
}

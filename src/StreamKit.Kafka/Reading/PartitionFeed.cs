using System.Collections.Concurrent;
using System.Threading.Channels;
using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>
/// What has come from one partition and waits for the pipeline. The poll thread puts in, the reader takes out, and
/// neither waits for the other here.
/// </summary>
internal sealed class PartitionFeed<T>(TopicPartition name, FeedBounds bounds)
{
    /// <summary>Stands for a message that is passed over in silence.</summary>
    public static readonly object Passed = new();

    /// <summary>Stands behind the last message that is to be read.</summary>
    public static readonly object End = new();

    private readonly ConcurrentQueue<Fetched<T>> _waiting = new();
    private readonly Channel<bool> _arrived = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    // Each counter is written by one thread only, so none needs an interlocked operation.
    private long _recordsIn;
    private long _recordsOut;
    private long _bytesIn;
    private long _bytesOut;
    private volatile Exception? _fault;
    private volatile bool _isFull;

    public TopicPartition Name { get; } = name;

    public string Topic => Name.Topic;

    public int Partition { get; } = name.Partition.Value;

    /// <summary>Where reading begins.</summary>
    public required long Start { get; init; }

    /// <summary>The offset at which the split ends; <see cref="long.MaxValue"/> where it does not.</summary>
    public required long EndOffset { get; init; }

    /// <summary>Why nothing more will come; null where something may.</summary>
    public Exception? Fault => _fault;

    /// <summary>How many records wait.</summary>
    public long Records => Volatile.Read(ref _recordsIn) - Volatile.Read(ref _recordsOut);

    /// <summary>The most that have ever waited.</summary>
    public long MostRecords { get; private set; }

    /// <summary>How many bytes of messages wait.</summary>
    public long Bytes => Volatile.Read(ref _bytesIn) - Volatile.Read(ref _bytesOut);

    /// <summary>Whether the poll thread waits for the reader to make room.</summary>
    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    // The rest belongs to the poll thread.

    /// <summary>Whether the client was told to fetch no more of it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether something was added that the reader has not been told of.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Whether the end was put in, so that whatever comes is too much.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the largest number of messages that may come at once would not fit any more.</summary>
    public bool HasNoRoom => Records + bounds.Batch > bounds.Records || Bytes >= bounds.Bytes;

    /// <summary>Whether the reader has made enough room that it pays to go on.</summary>
    public bool HasRoomAgain => Records <= bounds.Records / 2 && Bytes <= bounds.Bytes / 2;

    public void Add(in Fetched<T> item)
    {
        if (HasEnded)
        {
            return;
        }

        if (item.Next > EndOffset)
        {
            AddEnd(EndOffset); // A compacted topic or a transaction leaves out the last offset before the end.
            return;
        }

        Put(item);
        if (item.Next >= EndOffset)
        {
            AddEnd(item.Next);
        }
    }

    /// <summary>The client has read up to an offset where nothing is for now.</summary>
    public void Reach(long offset)
    {
        if (!HasEnded && offset >= EndOffset)
        {
            AddEnd(EndOffset);
        }
    }

    public void Fail(Exception fault)
    {
        _fault = fault;
        Publish();
    }

    /// <summary>Lets the reader look.</summary>
    public void Publish()
    {
        IsTouched = false;
        _arrived.Writer.TryWrite(true);
    }

    // The rest belongs to the reader.

    public bool TryTake(out Fetched<T> item)
    {
        if (!_waiting.TryDequeue(out item))
        {
            return false;
        }

        Volatile.Write(ref _recordsOut, _recordsOut + 1);
        Volatile.Write(ref _bytesOut, _bytesOut + item.Bytes);
        return true;
    }

    /// <summary>Waits until there may be something.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _arrived.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        _arrived.Reader.TryRead(out _);
    }

    private void AddEnd(long offset)
    {
        HasEnded = true;
        Put(Fetched<T>.EndAt(offset));
    }

    private void Put(in Fetched<T> item)
    {
        _waiting.Enqueue(item);
        Volatile.Write(ref _recordsIn, _recordsIn + 1);
        Volatile.Write(ref _bytesIn, _bytesIn + item.Bytes);
        MostRecords = Math.Max(MostRecords, Records);
    }
}

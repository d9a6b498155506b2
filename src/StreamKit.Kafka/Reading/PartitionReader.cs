using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>Hands over what has come from one partition.</summary>
/// <remarks>
/// The partition is read from the first call of <see cref="ReadAsync"/> on, so that seeking costs nothing.
/// </remarks>
internal sealed class PartitionReader<T> : ISplitReader<T>
{
    private readonly TopicPartition _partition;
    private readonly long _end;
    private readonly PollLoop<T> _loop;
    private readonly FeedBounds _bounds;
    private readonly SourceContext<T> _context;
    private PartitionFeed<T>? _feed;
    private long _next;
    private bool _hasEnded;
    private bool _isDisposed;

    public PartitionReader(
        TopicPartition partition,
        (long Start, long End) range,
        PollLoop<T> loop,
        FeedBounds bounds,
        SourceContext<T> context)
    {
        (_partition, _next, _end) = (partition, range.Start, range.End);
        (_loop, _bounds, _context) = (loop, bounds, context);
        Split = SplitName.Of(partition.Topic, partition.Partition.Value);
        _bounds.Join();
    }

    public string Split { get; }

    public string? Position => SplitName.Position(_next);

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long next = SplitName.Offset(position);
        Detach();
        if (_hasEnded)
        {
            _hasEnded = false;
            _bounds.Join();
        }

        _next = next;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_hasEnded || _next >= _end)
        {
            End();
            return false;
        }

        PartitionFeed<T> feed = Attach();
        while (true)
        {
            FeedTaking taken = FeedTaking.Of(feed, buffer, _context);
            if (taken.Next >= 0)
            {
                _next = taken.Next;
            }

            if (feed.IsFull && feed.HasRoomAgain)
            {
                _loop.Wake();
            }

            if (taken.HasEnded)
            {
                End();
            }

            if (buffer.Count > 0 || taken.Reports > 0)
            {
                return true;
            }

            if (taken.HasEnded)
            {
                return false;
            }

            if (feed.Fault is { } fault)
            {
                ExceptionDispatchInfo.Throw(fault);
            }

            await feed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        End();
        _isDisposed = true;
        return ValueTask.CompletedTask;
    }

    private PartitionFeed<T> Attach()
    {
        if (_feed is null)
        {
            _feed = new PartitionFeed<T>(_partition, _bounds) { Start = _next, EndOffset = _end };
            _loop.Add(_feed);
        }

        return _feed;
    }

    private void End()
    {
        Detach();
        if (!_hasEnded)
        {
            _hasEnded = true;
            _bounds.Leave();
        }
    }

    private void Detach()
    {
        if (_feed is { } feed)
        {
            _feed = null;
            _loop.Remove(feed);
        }
    }
}

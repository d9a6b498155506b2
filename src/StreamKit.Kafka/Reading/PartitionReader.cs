using System.Runtime.ExceptionServices;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>Hands over what has come from one partition.</summary>
/// <remarks>The partition is read from the first call of <see cref="ReadAsync"/> on, so that seeking costs nothing.</remarks>
internal sealed class PartitionReader<T>(
    string topic, int partition, long start, long end, PollLoop<T> loop, FeedBounds bounds, SourceContext<T> context)
    : ISplitReader<T>
{
    private PartitionFeed<T>? _feed;
    private long _next = start;
    private bool _hasEnded;
    private bool _isDisposed;

    public string Split { get; } = SplitName.Of(topic, partition);

    public string? Position => SplitName.Position(_next);

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long next = SplitName.Offset(position);
        Detach();
        (_next, _hasEnded) = (next, false);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_hasEnded || _next >= end)
        {
            _hasEnded = true;
            Detach();
            return false;
        }

        PartitionFeed<T> feed = Attach();
        while (true)
        {
            FeedTaking taken = FeedTaking.Of(feed, buffer, context);
            if (taken.Next >= 0)
            {
                _next = taken.Next;
            }

            if (feed.IsFull && feed.HasRoomAgain)
            {
                loop.Wake();
            }

            _hasEnded |= taken.HasEnded;
            if (buffer.Count > 0 || taken.Reports > 0)
            {
                return true;
            }

            if (_hasEnded)
            {
                Detach();
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
        _isDisposed = true;
        Detach();
        return ValueTask.CompletedTask;
    }

    private PartitionFeed<T> Attach()
    {
        if (_feed is null)
        {
            _feed = new PartitionFeed<T>(topic, partition, bounds) { Start = _next, EndOffset = end };
            loop.Add(_feed);
        }

        return _feed;
    }

    private void Detach()
    {
        if (_feed is { } feed)
        {
            _feed = null;
            loop.Remove(feed);
        }
    }
}

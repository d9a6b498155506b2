using System.Runtime.ExceptionServices;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>
/// Hands over what comes from a partition that a group has given to this member, until it is taken away.
/// </summary>
/// <remarks>
/// Letting a partition go has three steps. <see cref="Leave"/>: nothing more is handed over. The next call of
/// <see cref="ReadAsync"/> says that what was handed over has gone into the pipeline (<see cref="Parked"/>). Once the
/// rest of the world knows how far that was, <see cref="Release"/> ends the split.
/// </remarks>
internal sealed class MemberReader<T>(PartitionFeed<T> feed, PollLoop<T> loop, SourceContext<T> context)
    : ISplitReader<T>
{
    private readonly ManualResetEventSlim _parked = new();
    private readonly ManualResetEventSlim _gone = new();
    private long _next = feed.Start;
    private long _handedOn = feed.Start;
    private volatile bool _isLeaving;
    private volatile bool _isReleased;

    public string Split { get; } = SplitName.Of(feed.Topic, feed.Partition);

    public string? Position => SplitName.Position(Next);

    public bool IsHandedOver => _isReleased;

    public PartitionFeed<T> Feed => feed;

    /// <summary>The offset behind the last message that was handed over.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>The offset up to which everything has gone into the pipeline.</summary>
    public long HandedOn => Volatile.Read(ref _handedOn);

    /// <summary>Set when, after <see cref="Leave"/>, all that was handed over has gone into the pipeline.</summary>
    public WaitHandle Parked => _parked.WaitHandle;

    /// <summary>Set when the job has done with the reader.</summary>
    public WaitHandle Gone => _gone.WaitHandle;

    // What another member has committed since the checkpoint is that member's, and what is in the checkpoint is this
    // one's.
    public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long next = Math.Max(Next, SplitName.Offset(position));
        Volatile.Write(ref _next, next);
        Volatile.Write(ref _handedOn, next);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Volatile.Write(ref _handedOn, _next);
        while (true)
        {
            if (_isReleased)
            {
                return false;
            }

            if (_isLeaving)
            {
                _parked.Set();
            }
            else
            {
                FeedTaking taken = FeedTaking.Of(feed, buffer, context, from: _next);
                if (taken.Next >= 0)
                {
                    Volatile.Write(ref _next, taken.Next);
                }

                if (feed.IsFull && feed.HasRoomAgain)
                {
                    loop.Wake();
                }

                if (buffer.Count > 0 || taken.Reports > 0)
                {
                    return true;
                }
            }

            if (feed.Fault is { } fault)
            {
                ExceptionDispatchInfo.Throw(fault);
            }

            await feed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Hands over nothing more.</summary>
    public void Leave()
    {
        _isLeaving = true;
        feed.Publish();
    }

    /// <summary>Ends the split, for another member goes on with it.</summary>
    public void Release()
    {
        _isReleased = true;
        feed.Publish();
    }

    public ValueTask DisposeAsync()
    {
        // The handles are left to the collector: whoever lets the partition go may still look at them.
        _gone.Set();
        return ValueTask.CompletedTask;
    }
}

using System.Diagnostics;
using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>
/// Takes the partitions that a group gives, and hands over those that it takes away, so that no record counts twice and
/// none is left out.
/// </summary>
/// <remarks>
/// <para>
/// A partition goes in steps: nothing more of it goes into the pipeline; a checkpoint holds all that has; its offset in
/// that checkpoint is committed, with how far event time had come; only then do the brokers give it to another member,
/// which begins there. The group's calls come from within a fetch, on the poll thread, and the brokers wait while they
/// last; so does all fetching of this member.
/// </para>
/// <para>
/// Where that cannot be done (the session was over before, the checkpoint or the commit failed) the job fails: it goes
/// on from its last checkpoint, which holds what was committed, so what the next owner reads again is not counted here.
/// </para>
/// </remarks>
internal sealed class GroupMember<T>(
    ConsumerSettings settings, FeedTable<T> feeds, SourceContext<T> context, CancellationToken stopped)
    : IGroupEvents, IDisposable
{
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(5);

    // Only the poll thread changes it; the job's own thread looks at it when a checkpoint is complete.
    private readonly Dictionary<TopicPartition, MemberReader<T>> _readers = [];
    private readonly Lock _lock = new();
    private readonly ManualResetEvent _closing = new(initialState: false);
    private readonly KafkaGroup _group = settings.Options.Group!; // There is one, or nobody is its member.
    private PollLoop<T> _loop = null!; // Given before the first call.
    private GroupCommits _commits = null!;
    private StartOffsets _starts = null!;
    private long _lastCommit;
    private Task _commit = Task.CompletedTask;

    public bool CommitsWithCheckpoints => _group.Commit == KafkaCommit.WithCheckpoints;

    public void Join(PollLoop<T> loop, GroupCommits commits, StartOffsets starts)
    {
        (_loop, _commits, _starts) = (loop, commits, starts);
        _lastCommit = context.Clock.GetTimestamp();
    }

    public IEnumerable<TopicPartitionOffset> OnAssigned(List<TopicPartition> partitions)
    {
        var positions = new List<TopicPartitionOffset>(partitions.Count);
        if (IsClosing || partitions.Count == 0)
        {
            return positions;
        }

        foreach (KafkaPosition known in Ask(() => _commits.Read(partitions, AnswerWait)))
        {
            long offset = known.Offset >= 0
                ? known.Offset
                : Ask(() => _starts.Find(known.Partition, AnswerWait));
            var feed = new PartitionFeed<T>(known.Partition, feeds.Bounds)
            {
                Start = offset,
                EndOffset = long.MaxValue,
            };
            var reader = new MemberReader<T>(feed, _loop, context);
            feeds.Add(feed);
            feeds.Bounds.Join();
            lock (_lock)
            {
                _readers[known.Partition] = reader;
            }

            SourceLog.Assigned(context.Logger, context.Name, reader.Split, offset);
            context.AddSplit(reader, known.Watermark);
            positions.Add(new TopicPartitionOffset(known.Partition, offset));
        }

        return positions;
    }

    public void OnRevoked(List<TopicPartitionOffset> partitions)
    {
        MemberReader<T>[] leaving = [.. ReadersOf(partitions)];
        if (IsClosing || leaving.Length == 0)
        {
            return;
        }

        Stop(leaving);
        long began = Stopwatch.GetTimestamp();
        if (CommitsWithCheckpoints)
        {
            HandOverWithCheckpoint(leaving, began);
        }
        else
        {
            HandOver(leaving, began);
        }

        if (IsClosing)
        {
            return;
        }

        foreach (MemberReader<T> reader in leaving)
        {
            SourceLog.HandedOver(context.Logger, context.Name, reader.Split, reader.HandedOn);
        }

        Release(leaving, began);
    }

    public void OnLost(List<TopicPartitionOffset> partitions)
    {
        MemberReader<T>[] lost = [.. ReadersOf(partitions)];
        if (IsClosing || lost.Length == 0)
        {
            return;
        }

        string splits = string.Join(", ", lost.Select(static reader => reader.Split));
        SourceLog.Lost(context.Logger, context.Name, splits);
        if (CommitsWithCheckpoints)
        {
            throw new KafkaStreamException(
                $"'{context.Name}' has lost {splits}: the group has heard nothing from this member for longer than its "
                + "session lasts, and others read them from the last commit on. The job goes back to its last "
                + "checkpoint, so that nothing counts twice; see KafkaGroup.SessionTimeout.");
        }

        Stop(lost);
        Release(lost, Stopwatch.GetTimestamp());
    }

    /// <summary>Commits what a completed checkpoint holds of the partitions that are this member's.</summary>
    public async ValueTask OnCheckpointAsync(IReadOnlyList<SplitPosition> splits, CancellationToken cancellationToken)
    {
        List<KafkaPosition> own;
        lock (_lock)
        {
            own = [.. OffsetCommits.Of(splits).Where(position => _readers.ContainsKey(position.Partition))];
        }

        if (own.Count == 0)
        {
            return;
        }

        // The records are safe; the job does not wait long for brokers that are away, since the next one says it again.
        Task commit = Task.Run(() => _commits.CommitOrLog(own), CancellationToken.None);
        await commit.WaitAsync(AnswerWait, context.Clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Without checkpoints: commits what has gone into the pipeline, if it is time.</summary>
    public void CommitNowAndThen()
    {
        if (CommitsWithCheckpoints || !_commit.IsCompleted
            || context.Clock.GetElapsedTime(_lastCommit) < _group.CommitEvery)
        {
            return;
        }

        _lastCommit = context.Clock.GetTimestamp();
        List<KafkaPosition> own;
        lock (_lock)
        {
            own = [.. _readers.Select(entry => PositionOf(entry.Key, entry.Value.HandedOn))];
        }

        own.RemoveAll(position => _commits.Of(position.Partition) == position.Offset);
        if (own.Count > 0)
        {
            _commit = Task.Run(() => _commits.CommitOrLog(own));
        }
    }

    /// <summary>Lets the group go; nothing is handed over any more.</summary>
    public async ValueTask CloseAsync()
    {
        if (IsClosing)
        {
            return;
        }

        if (!CommitsWithCheckpoints)
        {
            List<KafkaPosition> own;
            lock (_lock)
            {
                own = [.. _readers.Select(entry => PositionOf(entry.Key, entry.Value.Next))];
            }

            if (own.Count > 0)
            {
                Task commit = Task.Run(() => _commits.CommitOrLog(own));
                await commit.WaitAsync(AnswerWait, context.Clock)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _closing.Set();
    }

    /// <summary>After the last call.</summary>
    public void Dispose() => _closing.Dispose();

    private bool IsClosing => _closing.WaitOne(TimeSpan.Zero);

    private IEnumerable<MemberReader<T>> ReadersOf(List<TopicPartitionOffset> partitions) =>
        from partition in partitions
        let reader = _readers.GetValueOrDefault(partition.TopicPartition)
        where reader is not null
        select reader;

    private void Stop(MemberReader<T>[] readers)
    {
        foreach (MemberReader<T> reader in readers)
        {
            reader.Leave();
            feeds.Remove(reader.Feed);
            feeds.Bounds.Leave();
        }
    }

    private void HandOverWithCheckpoint(MemberReader<T>[] leaving, long began)
    {
        // A job that drains takes no checkpoint before its last one, in which everything is; then the source is closed.
        if (!WaitForAll(leaving.Select(static reader => reader.Parked), began))
        {
            if (IsClosing || (stopped.IsCancellationRequested && _closing.WaitOne(Left(began))))
            {
                return;
            }

            throw NotHandedOver(leaving, "what was read of them has not gone into the pipeline in time", null);
        }

        if (Array.TrueForAll(leaving, reader => _commits.Of(reader.Feed.Name) == reader.HandedOn))
        {
            return; // Nothing was read since the last one.
        }

        using var taken = new ManualResetEvent(initialState: false);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        Task checkpoint = Task.Run(() => context.TakeCheckpointAsync(cancel.Token));
        _ = checkpoint.ContinueWith(
            (_, done) => SetUnlessDisposed((ManualResetEvent)done!),
            taken,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        int which = WaitHandle.WaitAny([taken, _closing], Left(began));
        cancel.Cancel();
        if (which == 1 || (stopped.IsCancellationRequested && _closing.WaitOne(Left(began))))
        {
            return;
        }

        if (!checkpoint.IsCompletedSuccessfully)
        {
            throw NotHandedOver(
                leaving,
                "the checkpoint that holds them was not complete in time",
                checkpoint.Exception?.InnerException);
        }

        // The source was told of the checkpoint, so this is done, unless the brokers were too slow then.
        KafkaPosition[] left =
        [
            .. leaving.Select(reader => PositionOf(reader.Feed.Name, reader.HandedOn))
                .Where(position => _commits.Of(position.Partition) != position.Offset),
        ];
        try
        {
            _commits.Commit(left);
        }
        catch (KafkaException exception)
        {
            throw NotHandedOver(leaving, "their offsets could not be committed", exception);
        }
    }

    private void HandOver(MemberReader<T>[] leaving, long began)
    {
        // What has not gone into the pipeline in time is read again by the next owner.
        WaitForAll(leaving.Select(static reader => reader.Parked), began);
        _commits.CommitOrLog([.. leaving.Select(reader => PositionOf(reader.Feed.Name, reader.HandedOn))]);
    }

    private void Release(MemberReader<T>[] readers, long began)
    {
        foreach (MemberReader<T> reader in readers)
        {
            reader.Release();
        }

        // The partition may come back, and the job must have forgotten it by then.
        WaitForAll(readers.Select(static reader => reader.Gone), began);
        lock (_lock)
        {
            foreach (MemberReader<T> reader in readers)
            {
                _readers.Remove(reader.Feed.Name);
                _commits.Forget(reader.Feed.Name);
            }
        }
    }

    /// <summary>Waits for all; false where the time is over, or the source is being closed.</summary>
    private bool WaitForAll(IEnumerable<WaitHandle> handles, long began) =>
        handles.All(handle => WaitHandle.WaitAny([handle, _closing], Left(began)) == 0);

    private TimeSpan Left(long began)
    {
        TimeSpan left = _group.HandOverTimeout - Stopwatch.GetElapsedTime(began);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private KafkaPosition PositionOf(TopicPartition partition, long offset) =>
        new(partition, offset, context.WatermarkOf(SplitName.Of(partition.Topic, partition.Partition.Value)));

    /// <summary>Asks the brokers again while they do not answer, as long as a hand-over may take.</summary>
    private TAnswer Ask<TAnswer>(Func<TAnswer> ask)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return ask();
            }
            catch (KafkaException exception) when (!IsClosing && Left(began) > TimeSpan.Zero)
            {
                string reason = settings.Connection.Redact(exception.Error.Reason);
                SourceLog.WillRetry(context.Logger, context.Name, exception.Error.Code, reason);
                _closing.WaitOne(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private KafkaStreamException NotHandedOver(MemberReader<T>[] leaving, string why, Exception? inner) => new(
        $"'{context.Name}' could not hand over {string.Join(", ", leaving.Select(static reader => reader.Split))}: "
        + $"{why} ({_group.HandOverTimeout}). The job goes back to its last checkpoint, so that nothing counts twice.",
        inner);

    private static void SetUnlessDisposed(ManualResetEvent done)
    {
        try
        {
            done.Set();
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }
}

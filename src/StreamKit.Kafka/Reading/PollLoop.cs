using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>The thread that takes messages out of a client and puts them into the feeds.</summary>
/// <remarks>
/// It is the only one that fetches, assigns, pauses and resumes; readers post what they want. When a feed is full the
/// thread first waits a moment for its reader: a pipeline that is merely slower than Kafka empties a feed in
/// milliseconds, and pausing a partition throws away what the client has fetched of it ahead. A feed that stays full is
/// paused, so that the other partitions go on, until it is half empty.
/// </remarks>
internal sealed class PollLoop<T> : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WaitBesidePaused = TimeSpan.FromMilliseconds(5);

    private readonly IKafkaFetcher _fetcher;
    private readonly FeedTable<T> _feeds;
    private readonly Action _eachRound;
    private readonly Action<Exception> _failed;
    private readonly Action<Exception> _closeFailed;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<TopicPartition, TopicPartitionOffset> _toAssign = [];
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private volatile Exception? _fault;
    private long _fullSince;

    /// <summary>Makes the loop; <see cref="Start"/> starts it.</summary>
    /// <param name="fetcher">Gets the messages; the loop disposes it, on its own thread.</param>
    /// <param name="feeds">Where they go.</param>
    /// <param name="name">The name of the thread.</param>
    /// <param name="eachRound">Done before each fetch; what it throws ends the source.</param>
    /// <param name="failed">Told why nothing comes any more, as are all feeds.</param>
    /// <param name="closeFailed">Told where the client does not close in order.</param>
    public PollLoop(
        IKafkaFetcher fetcher,
        FeedTable<T> feeds,
        string name,
        Action eachRound,
        Action<Exception> failed,
        Action<Exception> closeFailed)
    {
        (_fetcher, _feeds, _eachRound, _failed, _closeFailed) = (fetcher, feeds, eachRound, failed, closeFailed);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Completes when the thread has ended and the client is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether the client is being closed.</summary>
    public bool IsStopping => _isStopping;

    public void Start() => _thread.Start();

    /// <summary>Begins to read a partition.</summary>
    public void Add(PartitionFeed<T> feed)
    {
        Post(() =>
        {
            _feeds.Add(feed);
            _toAssign[feed.Name] =
                new TopicPartitionOffset(feed.Topic, feed.Partition, feed.Start);
        });
        if (_fault is { } fault)
        {
            feed.Fail(fault); // The thread may have looked at its commands for the last time before.
        }
    }

    /// <summary>Ends to read a partition; harmless where it is not read.</summary>
    public void Remove(PartitionFeed<T> feed) => Post(() =>
    {
        var partition = feed.Name;
        if (_feeds.Remove(feed) && !_toAssign.Remove(partition))
        {
            _fetcher.Unassign([partition]);
        }
    });

    /// <summary>Tells the thread that a reader has made room, or that there is something to do.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Has something done on the thread.</summary>
    public void Post(Action command)
    {
        _commands.Enqueue(command);
        Wake();
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        Wake();
        await _ended.Task.ConfigureAwait(false);
        _wake.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_isStopping)
            {
                RunCommands();
                _eachRound();
                if (TryMakeRoom(out TimeSpan wait))
                {
                    _fetcher.Fetch(wait);
                    _feeds.Publish();
                }
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        Close();
    }

    private void RunCommands()
    {
        while (_commands.TryDequeue(out Action? command))
        {
            command();
        }

        if (_toAssign.Count > 0)
        {
            _fetcher.Assign(_toAssign.Values);
            _toAssign.Clear();
        }
    }

    /// <summary>Whether something may be fetched now, and how long to wait for it.</summary>
    private bool TryMakeRoom(out TimeSpan wait)
    {
        wait = LongestWait;
        List<PartitionFeed<T>> full = _feeds.Full;
        full.RemoveAll(Reopen);
        if (full.Count == 0)
        {
            return true;
        }

        wait = WaitBesidePaused;
        if (full.TrueForAll(static feed => feed.IsPaused))
        {
            _fullSince = 0;
            return true;
        }

        if (_fullSince == 0)
        {
            _fullSince = Stopwatch.GetTimestamp();
        }

        TimeSpan left = Grace - Stopwatch.GetElapsedTime(_fullSince);
        if (left > TimeSpan.Zero)
        {
            _wake.Wait(left);
            return false;
        }

        foreach (PartitionFeed<T> feed in full)
        {
            if (!feed.IsPaused)
            {
                feed.IsPaused = true;
                _fetcher.Pause(feed.Name);
            }
        }

        return true;
    }

    private bool Reopen(PartitionFeed<T> feed)
    {
        if (!feed.HasRoomAgain)
        {
            return false;
        }

        feed.IsFull = false;
        if (feed.IsPaused)
        {
            feed.IsPaused = false;
            _fetcher.Resume(feed.Name);
        }
        else
        {
            _fullSince = 0;
        }

        return true;
    }

    private void Fail(Exception exception)
    {
        _fault = exception;
        while (_commands.TryDequeue(out Action? command))
        {
            try
            {
                command();
            }
            catch (KafkaException)
            {
                // The client has failed already, and that is what the feeds are told.
            }
        }

        _feeds.Publish();
        foreach (PartitionFeed<T> feed in _feeds.All)
        {
            feed.Fail(exception);
        }

        _failed(exception);
    }

    private void Close()
    {
        try
        {
            _isStopping = true;
            _fetcher.Dispose();
        }
        catch (Exception exception)
        {
            _closeFailed(exception);
        }
        finally
        {
            _ended.SetResult();
        }
    }
}

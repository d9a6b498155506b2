using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace HashtagTracker.Live;

/// <summary>Gives the newest snapshots to every client:
/// merged in time, serialised once, never waiting for anybody.</summary>
/// <remarks>Thread-safe. A slow client loses the oldest frames that wait for it; each frame is a whole snapshot, so
/// nothing that it shows is wrong for longer than a frame.</remarks>
internal sealed class SnapshotHub : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Channel<SnapshotFrame>> _clients = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DashboardSnapshot? _pending;
    private SnapshotFrame? _latest;
    private long _latestTimestamp;
    private bool _disposed;

    public SnapshotHub(TimeProvider time, SnapshotHubOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FramesPerClient, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostClients, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Heartbeat, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ShortestInterval, TimeSpan.Zero);
        _time = time;
        Options = options;
        _timer = time.CreateTimer(_ => SendPending(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SnapshotHubOptions Options { get; }

    /// <summary>The clock of the hub, by which its clients measure silence.</summary>
    public TimeProvider Time => _time;

    /// <summary>The frame that was sent last; <c>null</c> before the first.</summary>
    public SnapshotFrame? Latest
    {
        get
        {
            lock (_gate)
            {
                return _latest;
            }
        }
    }

    /// <summary>Sends a snapshot now, or when the shortest interval is over unless a newer one takes
    /// its place.</summary>
    public void Publish(DashboardSnapshot snapshot)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            bool timerRuns = _pending is not null;
            _pending = snapshot;
            if (timerRuns)
            {
                return;
            }

            TimeSpan rest = _latest is null
                ? TimeSpan.Zero
                : Options.ShortestInterval - _time.GetElapsedTime(_latestTimestamp);
            if (rest <= TimeSpan.Zero)
            {
                SendPending();
            }
            else
            {
                _timer.Change(rest, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Adds a client, whose first frame is the latest one; <c>false</c> when there are too many.</summary>
    public bool TrySubscribe([NotNullWhen(true)] out SnapshotSubscription? subscription)
    {
        lock (_gate)
        {
            if (_disposed || _clients.Count >= Options.MostClients)
            {
                subscription = null;
                return false;
            }

            var client = Channel.CreateBounded<SnapshotFrame>(new BoundedChannelOptions(Options.FramesPerClient)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
            });
            if (_latest is not null)
            {
                client.Writer.TryWrite(_latest);
            }

            _clients.Add(client);
            subscription = new SnapshotSubscription(client.Reader, () => Remove(client));
            return true;
        }
    }

    /// <summary>Ends the streams of all clients.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (Channel<SnapshotFrame> client in _clients)
            {
                client.Writer.TryComplete();
            }

            _clients.Clear();
        }

        _timer.Dispose();
    }

    private void SendPending()
    {
        lock (_gate)
        {
            if (_disposed || _pending is null)
            {
                return;
            }

            _latest = new SnapshotFrame((_latest?.Id ?? 0) + 1, _pending);
            _latestTimestamp = _time.GetTimestamp();
            _pending = null;
            foreach (Channel<SnapshotFrame> client in _clients)
            {
                // Always succeeds: a full channel drops its oldest frame.
                client.Writer.TryWrite(_latest);
            }
        }
    }

    private void Remove(Channel<SnapshotFrame> client)
    {
        lock (_gate)
        {
            _clients.Remove(client);
        }
    }
}

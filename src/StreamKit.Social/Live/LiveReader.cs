using System.Threading.Channels;
using StreamKit.Connectors;

namespace StreamKit.Social.Live;

/// <summary>Delivers what a connection brings, each post once.</summary>
internal abstract class LiveReader(
    string split,
    SourceContext<SocialPost> context,
    int queueCapacity,
    long? maxPosts,
    CancellationToken stop) : ISplitReader<SocialPost>
{
    // What was reported waits until the read returns, so it must not become much.
    private const int MaxReportsPerRead = 100;

    private Channel<LiveItem>? _queue;
    private CancellationTokenSource? _running;
    private Task _connection = Task.CompletedTask;
    private Exception? _fault;
    private int _reports;
    private bool _isDisposed;

    public string Split { get; } = split;

    public abstract string? Position { get; }

    protected long Delivered { get; set; }

    protected SourceContext<SocialPost> Context { get; } = context;

    public abstract ValueTask SeekAsync(string position, CancellationToken cancellationToken);

    public async ValueTask<bool> ReadAsync(RecordBuffer<SocialPost> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _reports = 0;
        if (HasEnded)
        {
            return false;
        }

        ChannelReader<LiveItem> queue = Start();
        while (true)
        {
            while (!buffer.IsFull && !HasEnded && _reports < MaxReportsPerRead && _fault is null
                && queue.TryRead(out LiveItem item))
            {
                Take(item, buffer);
            }

            if (buffer.Count > 0 || _reports > 0)
            {
                if (HasEnded)
                {
                    await StopAsync().ConfigureAwait(false);
                }

                return true;
            }

            if (_fault is not null)
            {
                throw _fault;
            }

            await queue.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Makes the connection that goes on where the reader stands.</summary>
    protected abstract LiveConnection Connect(ChannelWriter<LiveItem> queue);

    /// <summary>Whether a post has not been delivered before; from now on it has.</summary>
    protected abstract bool IsNew(LiveItem item);

    /// <summary>Stops the connection and forgets what waits.</summary>
    protected async ValueTask StopAsync()
    {
        _fault = null;
        if (_running is { } running)
        {
            _running = null;
            await running.CancelAsync().ConfigureAwait(false);
            await _connection.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            running.Dispose();
            _queue = null;
        }
    }

    private bool HasEnded => Delivered >= maxPosts;

    private void Take(LiveItem item, RecordBuffer<SocialPost> buffer)
    {
        if (item.Bad is { } bad)
        {
            _reports++;
            Context.Report(bad);
        }
        else if (item.Post is not { } post)
        {
            _fault = item.Fault;
        }
        else if (IsNew(item))
        {
            buffer.Add(post);
            Delivered++;
        }
    }

    private ChannelReader<LiveItem> Start()
    {
        if (_queue is null)
        {
            _queue = Channel.CreateBounded<LiveItem>(
                new BoundedChannelOptions(queueCapacity) { SingleReader = true, SingleWriter = true });
            _running = CancellationTokenSource.CreateLinkedTokenSource(stop);
            LiveConnection connection = Connect(_queue.Writer);
            CancellationToken running = _running.Token;
            _connection = Task.Run(() => connection.RunAsync(running), CancellationToken.None);
        }

        return _queue.Reader;
    }
}

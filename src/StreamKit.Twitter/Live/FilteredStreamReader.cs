using System.Threading.Channels;
using StreamKit.Connectors;

namespace StreamKit.Twitter.Live;

/// <summary>Delivers what the connections of a filtered stream bring, each post once.</summary>
internal sealed class FilteredStreamReader(
    StreamSurroundings surroundings,
    SourceContext<Tweet> context,
    ApiClient api,
    CancellationToken stop) : ISplitReader<Tweet>
{
    internal const string SplitName = "filtered-stream";

    // What was reported waits until the read returns, so it must not become much.
    private const int MaxReportsPerRead = 100;

    // Back-fill reaches up to two minutes further back than the stream was down; and a little more.
    private static readonly TimeSpan s_repeated = TimeSpan.FromMinutes(3);

    private readonly FilteredStreamOptions _options = surroundings.Options;
    private RecentIds _recent = NewRecent(surroundings.Options);
    private Channel<StreamItem>? _queue;
    private CancellationTokenSource? _running;
    private Task _connections = Task.CompletedTask;
    private long _delivered;
    private DateTimeOffset? _lastAt;
    private Exception? _fault;
    private int _reports;
    private bool _isDisposed;

    public string Split => SplitName;

    public string? Position => _options.BackfillMinutes == 0
        ? null
        : StreamPosition.Write(_delivered, _lastAt, _recent.Since(_lastAt - s_repeated ?? default));

    public async ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        if (_options.BackfillMinutes == 0)
        {
            throw new NotSupportedException(
                $"'{SplitName}' cannot be read again without {nameof(FilteredStreamOptions.BackfillMinutes)}.");
        }

        ArgumentNullException.ThrowIfNull(position);
        var target = StreamPosition.Parse(position);
        await StopAsync().ConfigureAwait(false);
        (_delivered, _lastAt, _fault, _recent) = (target.Delivered, target.At, null, NewRecent(_options));
        _recent.Restore(target);
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<Tweet> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _reports = 0;
        if (HasEnded)
        {
            return false;
        }

        ChannelReader<StreamItem> queue = Start();
        while (true)
        {
            while (!buffer.IsFull && !HasEnded && _reports < MaxReportsPerRead && _fault is null
                && queue.TryRead(out StreamItem item))
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

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await StopAsync().ConfigureAwait(false);
        api.Dispose();
    }

    // Posts are paid for: none is asked for beyond the last.
    private bool HasEnded => _delivered >= _options.MaxPosts;

    private void Take(StreamItem item, RecordBuffer<Tweet> buffer)
    {
        if (item.Bad is { } bad)
        {
            _reports++;
            context.Report(bad);
        }
        else if (item.Tweet is { } tweet)
        {
            _lastAt = item.At;
            if (_recent.Add(tweet.Id, item.At))
            {
                buffer.Add(tweet);
                _delivered++;
                LiveInstruments.Post(surroundings.Name);
            }
            else
            {
                LiveInstruments.Duplicate(surroundings.Name);
            }
        }
        else
        {
            _fault = item.Fault;
        }
    }

    private ChannelReader<StreamItem> Start()
    {
        if (_queue is not null)
        {
            return _queue.Reader;
        }

        _queue = Channel.CreateBounded<StreamItem>(
            new BoundedChannelOptions(_options.QueueCapacity) { SingleReader = true });
        _running = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var coverage = new Coverage(surroundings.Clock, _lastAt);
        CancellationToken running = _running.Token;
        var connections = new Task[_options.Connections];
        for (int number = 0; number < connections.Length; number++)
        {
            var connection = new StreamConnection(surroundings, number, api, coverage, _queue.Writer);
            connections[number] = Task.Run(() => connection.RunAsync(running), CancellationToken.None);
        }

        _connections = Task.WhenAll(connections);
        return _queue.Reader;
    }

    private async ValueTask StopAsync()
    {
        if (_running is { } running)
        {
            _running = null;
            await running.CancelAsync().ConfigureAwait(false);
            await _connections.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            running.Dispose();
            _queue = null;
        }
    }

    // A minute longer than back-fill reaches; and without it, longer than connections differ.
    private static RecentIds NewRecent(FilteredStreamOptions options) =>
        new(TimeSpan.FromMinutes(options.BackfillMinutes + 1));
}

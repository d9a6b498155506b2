using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>One reading of all partitions of the topics, as the engine's positions say.</summary>
internal sealed class AssignedReading<TKey, TValue, T> : IAsyncDisposable
{
    private readonly ConsumerSettings _settings;
    private readonly SourceContext<T> _context;
    private readonly FeedBounds _bounds;
    private readonly PollLoop<T> _loop;
    private readonly IAdminClient _admin;
    private readonly PartitionFinder _finder;
    private readonly IConsumer<TKey?, TValue?> _consumer;
    private readonly HashSet<TopicPartition> _known = [];
    private readonly CancellationTokenSource _stopped = new();
    private OffsetCommits? _commits;
    private Task _watch = Task.CompletedTask;

    private AssignedReading(ConsumerSettings settings, RecordFormat<TKey, TValue, T> format, SourceContext<T> context)
    {
        (_settings, _context) = (settings, context);
        var events = new ClientEvents(settings.Connection, context.Logger);
        bool wantsBatches = settings.Options.Path == KafkaReadPath.Batches;
        _bounds = new FeedBounds(settings.Options.BufferedRecords, settings.Options.BufferedBytes)
        {
            LargestBatch = wantsBatches ? BatchFetching.Largest : 1,
        };
        var scope = new FetchScope<TKey, TValue, T>
        {
            Settings = settings,
            Format = format,
            Feeds = new FeedTable<T>(_bounds),
            Events = events,
            Logger = context.Logger,
            Source = context.Name,
        };
        var messages = new ConsumeFetcher<TKey, TValue, T>(scope);
        _consumer = messages.Consumer;
        _admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        _finder = new PartitionFinder(_admin, settings, (partitions, wait) => _consumer.Committed(partitions, wait));
        IKafkaFetcher fetcher = wantsBatches ? BatchFetching.OverOrElse(messages, scope) : messages;
        _loop = new PollLoop<T>(
            fetcher,
            scope.Feeds,
            $"StreamKit.Kafka {context.Name}",
            () => events.ThrowIfFatal(settings.Connection, context.Name),
            fault => context.AddSplit(new FailedReader<T>(context.Name, fault)),
            exception => SourceLog.NotClosed(
                context.Logger, context.Name, settings.Connection.Redact(exception.Message)));
        _loop.Start();
    }

    public static async Task<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        ConsumerSettings settings,
        RecordFormat<TKey, TValue, T> format,
        SourceContext<T> context,
        CancellationToken cancellationToken)
    {
        var reading = new AssignedReading<TKey, TValue, T>(settings, format, context);
        context.DisposeLater(reading);
        return await reading.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_commits is { } commits)
        {
            await commits.DisposeAsync().ConfigureAwait(false);
        }

        await _finder.EndAsync().ConfigureAwait(false);

        // The administrator borrows the client, so it goes first.
        _admin.Dispose();
        await _loop.DisposeAsync().ConfigureAwait(false);
        _stopped.Dispose();
    }

    private async Task<IReadOnlyList<ISplitReader<T>>> OpenAsync(CancellationToken cancellationToken)
    {
        KafkaSourceOptions options = _settings.Options;
        IReadOnlyList<TopicPartition> partitions =
            await AskAsync(_finder.FindAsync, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ISplitReader<T>> readers =
            await ReadersOfAsync(partitions, options.Start, cancellationToken).ConfigureAwait(false);
        if (options.GroupId is not null && _context.HasCheckpoints)
        {
            _commits = new OffsetCommits(
                GroupOffsets.Of(_consumer),
                _context.Clock,
                exception => SourceLog.NotCommitted(
                    _context.Logger, _context.Name, _settings.Connection.Redact(exception.Message)));
            _context.OnCheckpointCompleted((positions, _) =>
            {
                _commits.Post(OffsetCommits.Of(positions));
                return ValueTask.CompletedTask;
            });
        }

        if (!options.StopAtEnd && options.LookForTopicsEvery != Timeout.InfiniteTimeSpan)
        {
            _context.MoreSplitsMayCome = true;
            _watch = WatchAsync(options.LookForTopicsEvery);
        }

        return readers;
    }

    private async Task<IReadOnlyList<ISplitReader<T>>> ReadersOfAsync(
        IReadOnlyList<TopicPartition> partitions, KafkaStart start, CancellationToken cancellationToken)
    {
        IReadOnlyList<long> starts =
            await AskAsync(wait => _finder.StartsAsync(partitions, start, wait), cancellationToken)
                .ConfigureAwait(false);
        IReadOnlyList<long>? ends = _settings.Options.StopAtEnd
            ? await AskAsync(wait => _finder.EndsAsync(partitions, wait), cancellationToken).ConfigureAwait(false)
            : null;
        _known.UnionWith(partitions);
        return [.. partitions.Select((partition, i) => new PartitionReader<T>(
            partition, (starts[i], ends?[i] ?? long.MaxValue), _loop, _bounds, _context))];
    }

    private Task<TAnswer> AskAsync<TAnswer>(Func<TimeSpan, Task<TAnswer>> ask, CancellationToken cancellationToken) =>
        _finder.AskAsync(ask, _context.Name, _context.Logger, cancellationToken);

    /// <summary>Looks for partitions that are new, until the source is closed.</summary>
    private async Task WatchAsync(TimeSpan every)
    {
        while (true)
        {
            await Task.Delay(every, _context.Clock, _stopped.Token).ConfigureAwait(false);
            try
            {
                await AddNewAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is KafkaException or KafkaStreamException)
            {
                // What is read already goes on, and the next look may see more.
                SourceLog.LookUpFailed(
                    _context.Logger, _context.Name, _settings.Connection.Redact(exception.Message));
            }
        }
    }

    private async Task AddNewAsync()
    {
        IReadOnlyList<TopicPartition> all = await Task.Run(() => _finder.FindAsync(TimeSpan.FromSeconds(5)))
            .ConfigureAwait(false);
        TopicPartition[] fresh = [.. all.Where(partition => !_known.Contains(partition))];
        if (fresh.Length == 0)
        {
            return;
        }

        foreach (ISplitReader<T> reader in await ReadersOfAsync(fresh, KafkaStart.Earliest, _stopped.Token)
            .ConfigureAwait(false))
        {
            SourceLog.NewPartition(_context.Logger, _context.Name, reader.Split, SplitName.Offset(reader.Position!));
            _context.AddSplit(reader);
        }
    }
}

using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>One reading of the partitions that a group gives to this member.</summary>
internal sealed class GroupReading<TKey, TValue, T> : IAsyncDisposable
{
    private readonly ConsumerSettings _settings;
    private readonly SourceContext<T> _context;
    private readonly PollLoop<T> _loop;
    private readonly GroupMember<T> _member;
    private readonly IConsumer<TKey?, TValue?> _consumer;
    private readonly IAdminClient _admin;
    private readonly PartitionFinder _finder;

    private GroupReading(
        ConsumerSettings settings,
        RecordFormat<TKey, TValue, T> format,
        SourceContext<T> context,
        CancellationToken stopped)
    {
        (_settings, _context) = (settings, context);
        var events = new ClientEvents(settings.Connection, context.Logger);
        var feeds = new FeedTable<T>(new FeedBounds(settings.Options.BufferedRecords, settings.Options.BufferedBytes));
        _member = new GroupMember<T>(settings, feeds, context, stopped);
        var fetcher = new ConsumeFetcher<TKey, TValue, T>(new FetchScope<TKey, TValue, T>
        {
            Settings = settings,
            Format = format,
            Feeds = feeds,
            Events = events,
            Logger = context.Logger,
            Source = context.Name,
            Group = _member,
        });
        _consumer = fetcher.Consumer;
        _admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        _finder = new PartitionFinder(_admin, settings, (partitions, wait) => _consumer.Committed(partitions, wait));
        _loop = new PollLoop<T>(
            fetcher,
            feeds,
            $"StreamKit.Kafka {context.Name}",
            () =>
            {
                events.ThrowIfFatal(settings.Connection, context.Name);
                _member.CommitNowAndThen();
            },
            fault => context.AddSplit(new FailedReader<T>(context.Name, fault)),
            exception => SourceLog.NotClosed(
                context.Logger, context.Name, settings.Connection.Redact(exception.Message)));
        _member.Join(
            _loop,
            new GroupCommits(GroupOffsets.Of(_consumer), settings.Connection, context.Name, context.Logger),
            new StartOffsets<TKey?, TValue?>(_consumer, settings.Options.Start));
        _loop.Start();
    }

    public static async Task<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        ConsumerSettings settings,
        RecordFormat<TKey, TValue, T> format,
        SourceContext<T> context,
        CancellationToken cancellationToken)
    {
        if (settings.Options.Group is { Commit: KafkaCommit.WithCheckpoints } && !context.HasCheckpoints)
        {
            throw new KafkaStreamException(
                $"'{context.Name}' is a member of a consumer group and commits what is in completed checkpoints, but "
                + "the job takes none: set JobOptions.Checkpoints, or choose KafkaCommit.WhenHandedOn and accept that "
                + "a crash loses what open windows hold.");
        }

        var reading = new GroupReading<TKey, TValue, T>(settings, format, context, cancellationToken);
        context.DisposeLater(reading);
        await reading.OpenAsync(cancellationToken).ConfigureAwait(false);
        return [];
    }

    public async ValueTask DisposeAsync()
    {
        await _member.CloseAsync().ConfigureAwait(false);

        await _finder.EndAsync().ConfigureAwait(false);

        // The administrator borrows the client, so it goes first.
        _admin.Dispose();
        await _loop.DisposeAsync().ConfigureAwait(false);
        _member.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        // A member of a group waits for topics and brokers in silence, so both are looked for here.
        await _finder.AskAsync(_finder.FindAsync, _context.Name, _context.Logger, cancellationToken)
            .ConfigureAwait(false);
        _context.MoreSplitsMayCome = true;
        if (_member.CommitsWithCheckpoints)
        {
            _context.OnCheckpointCompleted(_member.OnCheckpointAsync);
        }

        _loop.Post(() =>
        {
            if (_settings.Topics.Pattern is { } pattern)
            {
                _consumer.Subscribe(pattern);
            }
            else
            {
                _consumer.Subscribe(_settings.Topics.Names);
            }
        });
    }
}

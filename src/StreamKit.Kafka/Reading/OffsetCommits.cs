using System.Threading.Channels;
using Confluent.Kafka;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>
/// Tells a group, for those who watch it, how far completed checkpoints have come. Nobody waits for it: only the last
/// is of interest, and one that is refused is followed by another.
/// </summary>
internal sealed class OffsetCommits : IAsyncDisposable
{
    // Long enough for a broker that is there; without one there is nothing to be said.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly GroupOffsets _offsets;
    private readonly Action<Exception> _failed;
    private readonly TimeProvider _clock;
    private readonly Channel<IReadOnlyList<KafkaPosition>> _posted =
        Channel.CreateBounded<IReadOnlyList<KafkaPosition>>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Task _running;

    public OffsetCommits(GroupOffsets offsets, TimeProvider clock, Action<Exception> failed)
    {
        (_offsets, _clock, _failed) = (offsets, clock, failed);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Has a position for each split that has one.</summary>
    public static IReadOnlyList<KafkaPosition> Of(IEnumerable<SplitPosition> splits) =>
    [
        .. splits.Where(static split => split.Position is not null).Select(static split => new KafkaPosition(
            SplitName.Parse(split.Split), SplitName.Offset(split.Position!), split.Watermark)),
    ];

    public void Post(IReadOnlyList<KafkaPosition> positions) => _posted.Writer.TryWrite(positions);

    /// <summary>Commits what was posted last, if a broker answers.</summary>
    public async ValueTask DisposeAsync()
    {
        _posted.Writer.TryComplete();
        await _running.WaitAsync(Patience, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        await foreach (IReadOnlyList<KafkaPosition> positions in _posted.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (positions.Count > 0)
                {
                    _offsets.Commit(positions);
                }
            }
            catch (KafkaException exception)
            {
                _failed(exception);
            }
        }
    }
}

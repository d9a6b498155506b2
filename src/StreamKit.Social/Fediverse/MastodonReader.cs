using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Social.Live;

namespace StreamKit.Social.Fediverse;

/// <summary>Reads the stream of a Mastodon server; it has no positions.</summary>
internal sealed class MastodonReader(
    MastodonOptions options,
    SourceContext<SocialPost> context,
    CancellationToken stop)
    : LiveReader(SplitName, context, options.QueueCapacity, options.MaxPosts, stop)
{
    internal const string SplitName = "mastodon";

    // Far more than come twice: a gap is filled with some thousand posts.
    private const int Remembered = 20_000;

    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HttpClient _client = options.Client ?? new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        // A stream has no last byte. Who sends a request sets its limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public override string? Position => null;

    public override ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"'{SplitName}' cannot be read again.");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        if (options.Client is null)
        {
            _client.Dispose();
        }
    }

    protected override LiveConnection Connect(ChannelWriter<LiveItem> queue) =>
        new MastodonConnection(options, Context, _client, queue);

    protected override bool IsNew(LiveItem item)
    {
        if (!_known.Add(item.Key))
        {
            return false;
        }

        _order.Enqueue(item.Key);
        if (_order.Count > Remembered)
        {
            _known.Remove(_order.Dequeue());
        }

        return true;
    }
}

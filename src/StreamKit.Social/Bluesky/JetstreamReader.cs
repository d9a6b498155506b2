using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Social.Live;

namespace StreamKit.Social.Bluesky;

/// <summary>Reads Jetstream; its position is a cursor and what may come again from there.</summary>
internal sealed class JetstreamReader(
    JetstreamOptions options,
    SourceContext<SocialPost> context,
    CancellationToken stop)
    : LiveReader(SplitName, context, options.QueueCapacity, options.MaxPosts, stop)
{
    internal const string SplitName = "jetstream";

    // Twice as far as a connection goes back: clocks of two servers differ in both directions.
    private readonly long _rememberedMicroseconds = (long)options.Rewind.TotalMicroseconds * 2;

    // With the text that each has in a position: a job with checkpoints asks for one after each batch.
    private readonly Queue<(long Cursor, string Key, string Text)> _order = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private long? _cursor = options.StartAt is { } start ? Microseconds(start) : null;

    public override string Position =>
        JetstreamPosition.Write(Delivered, _cursor, _order.Select(known => known.Text));

    public override async ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(position);
        var target = JetstreamPosition.Parse(position);
        await StopAsync().ConfigureAwait(false);
        (Delivered, _cursor) = (target.Delivered, target.Cursor);
        _order.Clear();
        _known.Clear();
        foreach ((long cursor, string key) in target.Known)
        {
            _order.Enqueue((cursor, key, JetstreamPosition.TextOf(cursor, key)));
            _known.Add(key);
        }
    }

    protected override LiveConnection Connect(ChannelWriter<LiveItem> queue) =>
        new JetstreamConnection(options, Context, _cursor, queue);

    protected override bool IsNew(LiveItem item)
    {
        // What a server that is behind repeats does not take the cursor back.
        _cursor = Math.Max(_cursor ?? 0, item.Cursor);
        while (_order.TryPeek(out (long Cursor, string Key, string Text) oldest)
            && oldest.Cursor < _cursor - _rememberedMicroseconds)
        {
            _known.Remove(_order.Dequeue().Key);
        }

        if (!_known.Add(item.Key))
        {
            return false;
        }

        _order.Enqueue((item.Cursor, item.Key, JetstreamPosition.TextOf(item.Cursor, item.Key)));
        return true;
    }

    private static long Microseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}

using System.Threading.Channels;

namespace StreamKit.Http.Output;

/// <summary>One who listens: the frames that wait for it, of which the oldest goes when there are too many.</summary>
internal sealed class OutputClient
{
    private readonly Channel<OutputFrame> _frames;
    private readonly Action _onDropped;
    private long _dropped;

    public OutputClient(string sink, int capacity, IReadOnlyList<OutputFrame> first, Action onDropped)
    {
        (Sink, First, _onDropped) = (sink, first, onDropped);
        _frames = Channel.CreateBounded<OutputFrame>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Drop());
    }

    /// <summary>The name of the sink when it came.</summary>
    public string Sink { get; }

    /// <summary>What it gets before all that waits.</summary>
    public IReadOnlyList<OutputFrame> First { get; }

    public ChannelReader<OutputFrame> Frames => _frames.Reader;

    /// <summary>Puts a frame behind those that wait; never waits itself.</summary>
    public void Offer(OutputFrame frame) => _frames.Writer.TryWrite(frame);

    /// <summary>Sees to it that something is sent, where nothing is.</summary>
    public void KeepAlive()
    {
        if (Frames.Count == 0)
        {
            Offer(OutputFrame.Heartbeat);
        }
    }

    /// <summary>How many frames were dropped since the last call.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    private void Drop()
    {
        Interlocked.Increment(ref _dropped);
        _onDropped();
    }
}

namespace StreamKit.Http.Output;

/// <summary>The latest frames, for clients that come back.</summary>
internal sealed class FrameHistory(int maxFrames, long maxBytes)
{
    private readonly Queue<OutputFrame> _frames = new();
    private long _bytes;

    public IReadOnlyCollection<OutputFrame> All => _frames;

    public void Add(OutputFrame frame)
    {
        _frames.Enqueue(frame);
        _bytes += frame.Length;
        while (_frames.Count > maxFrames || (_bytes > maxBytes && _frames.Count > 0))
        {
            _bytes -= _frames.Dequeue().Length;
        }
    }

    /// <summary>All that came behind a frame; null where some of it is gone.</summary>
    public IReadOnlyList<OutputFrame>? Behind(long sequence, long last)
    {
        OutputFrame[] behind = [.. _frames.Where(frame => frame.Sequence > sequence)];
        return behind.Length == last - sequence ? behind : null;
    }
}

using System.Threading.Channels;

namespace HashtagTracker.Live;

/// <summary>One client's frames; disposing it leaves the hub.</summary>
internal sealed class SnapshotSubscription(ChannelReader<SnapshotFrame> frames, Action leave) : IDisposable
{
    /// <summary>Completes when the hub is disposed.</summary>
    public ChannelReader<SnapshotFrame> Frames => frames;

    public void Dispose() => leave();
}

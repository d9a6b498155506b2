using System.Threading.Channels;

namespace StreamKit.Runtime;

/// <summary>Tells one waiting subtask that something has happened, however often it is told.</summary>
internal sealed class WakeUp
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Waits for a signal since the last wait.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _signal.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(true);
        _signal.Reader.TryRead(out _);
    }
}

using System.Threading.Channels;

namespace StreamKit.Connectors;

/// <summary>Hands records to one reader in the same program, no faster than it reads.</summary>
internal sealed class ReadAllSink<T>(int capacity) : ISink<T>
{
    private readonly Channel<T> _channel = Channel.CreateBounded<T>(
        new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    public SinkMode Mode => SinkMode.Retract;

    public ChannelReader<T> Reader => _channel.Reader;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new ChannelSink<T>(_channel.Writer).OpenAsync(context, cancellationToken);
}

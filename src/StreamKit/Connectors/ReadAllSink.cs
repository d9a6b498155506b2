using System.Threading.Channels;

namespace StreamKit.Connectors;

/// <summary>Hands records to one reader in the same program, no faster than it reads.</summary>
internal sealed class ReadAllSink<T> : ISink<T>
{
    private readonly Channel<T> _channel;
    private readonly ChannelSink<T> _sink;

    public ReadAllSink(int capacity)
    {
        _channel = Channel.CreateBounded<T>(
            new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        _sink = new ChannelSink<T>(_channel.Writer);
    }

    public SinkMode Mode => SinkMode.Retract;

    public ChannelReader<T> Reader => _channel.Reader;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        _sink.OpenAsync(context, cancellationToken);
}

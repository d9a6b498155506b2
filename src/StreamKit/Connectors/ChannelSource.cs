using System.Threading.Channels;

namespace StreamKit.Connectors;

/// <summary>A channel as a source with one split.</summary>
internal sealed class ChannelSource<T>(ChannelReader<T> channel) : ISource<T>
{
    public Replayability Replayability => Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<T>>)[new Reader(channel)]);

    internal sealed class Reader(ChannelReader<T> channel) : LiveReader<T>("channel")
    {
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public override ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Take(buffer) ? new(true) : WaitAsync(buffer, cancellationToken);
        }

        private bool Take(RecordBuffer<T> buffer)
        {
            while (!buffer.IsFull && channel.TryRead(out T? record))
            {
                buffer.Add(record);
            }

            return buffer.Count > 0;
        }

        private async ValueTask<bool> WaitAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            while (await channel.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (Take(buffer))
                {
                    return true;
                }
            }

            return false;
        }
    }
}

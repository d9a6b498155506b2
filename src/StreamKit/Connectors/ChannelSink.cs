using System.Threading.Channels;

namespace StreamKit.Connectors;

/// <summary>
/// Writes every record to a channel, waits while it is full, and completes it in the end; where the job failed, with
/// its failure, so that a reader does not take half of the results for all.
/// </summary>
internal sealed class ChannelSink<T>(ChannelWriter<T> channel) : ISink<T>
{
    public SinkMode Mode => SinkMode.Retract;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new(new Writer(channel, context.JobFailure));

    private sealed class Writer(ChannelWriter<T> channel, Func<Exception?> failure) : ISinkWriter<T>
    {
        public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            ReadOnlySpan<T> values = records.Values.Span;
            for (int i = 0; i < values.Length; i++)
            {
                if (!channel.TryWrite(values[i]))
                {
                    return WaitAsync(records, i, cancellationToken);
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync()
        {
            channel.TryComplete(failure());
            return ValueTask.CompletedTask;
        }

        private async ValueTask WaitAsync(SinkBatch<T> records, int from, CancellationToken cancellationToken)
        {
            for (int i = from; i < records.Count; i++)
            {
                await channel.WriteAsync(records.Values.Span[i], cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

using System.Threading.Channels;

namespace StreamKit.Connectors;

/// <summary>
/// Writes every record to a channel, waits while it is full, and completes it in the end; where the job failed, with
/// its failure, so that a reader does not take half of the results for all.
/// </summary>
/// <remarks>A job that may be started again after a failure completes it with the one after which it is not.</remarks>
internal sealed class ChannelSink<T>(ChannelWriter<T> channel) : ISink<T>
{
    private volatile bool _isCompleted;

    public SinkMode Mode => SinkMode.Retract;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        _isCompleted
            ? throw new InvalidOperationException(
                $"The channel of '{context.Name}' has been completed by a job that wrote to it, so its reader was told "
                    + "that nothing more comes: give each job a channel of its own.")
            : new(new Writer(this, channel, context));

    private void Complete(Exception? failure)
    {
        _isCompleted = true;
        channel.TryComplete(failure);
    }

    private sealed class Writer(ChannelSink<T> sink, ChannelWriter<T> channel, SinkContext context) : ISinkWriter<T>
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
            if (context is { WhenJobEnds: { } whenJobEnds } && context.JobFailure() is not null)
            {
                whenJobEnds(sink.Complete);
            }
            else
            {
                sink.Complete(context.JobFailure());
            }

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

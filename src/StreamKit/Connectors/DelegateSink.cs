namespace StreamKit.Connectors;

/// <summary>Calls a delegate with every record.</summary>
internal sealed class DelegateSink<T>(Func<T, CancellationToken, ValueTask> action) : ISink<T>
{
    // Code that is called with results can look at their panes, so nothing is kept from it.
    public SinkMode Mode => SinkMode.Retract;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new(new Writer(action));

    private sealed class Writer(Func<T, CancellationToken, ValueTask> action) : ISinkWriter<T>
    {
        public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            for (int i = 0; i < records.Count; i++)
            {
                await action(records.Values.Span[i], cancellationToken).ConfigureAwait(false);
            }
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

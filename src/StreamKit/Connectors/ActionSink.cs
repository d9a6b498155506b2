namespace StreamKit.Connectors;

/// <summary>Calls a delegate with every record.</summary>
internal sealed class ActionSink<T>(Action<T> action) : ISink<T>
{
    // Code that is called with results can look at their panes, so nothing is kept from it.
    public SinkMode Mode => SinkMode.Retract;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new(new Writer(action));

    private sealed class Writer(Action<T> action) : ISinkWriter<T>
    {
        public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            foreach (T record in records.Values.Span)
            {
                action(record);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

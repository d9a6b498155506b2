namespace StreamKit.Connectors;

/// <summary>Writes every record as a line of text.</summary>
internal sealed class TextSink<T>(TextWriter writer, Func<T, string> format) : ISink<T>
{
    // Somebody reads along; results that replace each other are lines of their own.
    public SinkMode Mode => SinkMode.Retract;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new(new Writer(writer, format));

    private sealed class Writer(TextWriter writer, Func<T, string> format) : ISinkWriter<T>
    {
        public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            for (int i = 0; i < records.Count; i++)
            {
                string line = format(records.Values.Span[i]);
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }

        public async ValueTask FlushAsync(CancellationToken cancellationToken) =>
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

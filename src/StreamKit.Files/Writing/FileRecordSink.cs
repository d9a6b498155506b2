using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Writes records to files.</summary>
internal sealed class FileRecordSink<T>(FileNames names, OutputFormat<T> format, FileSinkOptions options) : ISink<T>
{
    public SinkMode Mode => SinkMode.Append;

    public SinkGuarantee Guarantee =>
        options.ExactlyOnce ? SinkGuarantee.ExactlyOnce : SinkGuarantee.AtLeastOnce;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.ExactlyOnce && context.HasCheckpoints)
        {
            var parts = new PartSinkWriter<T>(names, format, options, context);
            return await OpenAsync(parts, () => parts.OpenAsync(cancellationToken)).ConfigureAwait(false);
        }

        RecordEncoder<T> encoder = format.CreateEncoder();
        var files = new VisibleFiles<T>(names, format, encoder, options, context);
        var writer = new FileSinkWriter<T>(encoder, files, options);
        return await OpenAsync(writer, () => writer.OpenAsync(cancellationToken)).ConfigureAwait(false);
    }

    private static async ValueTask<ISinkWriter<T>> OpenAsync(ISinkWriter<T> writer, Func<Task> open)
    {
        try
        {
            await open().ConfigureAwait(false);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

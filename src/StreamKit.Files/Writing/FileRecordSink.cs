using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Writes records to files.</summary>
internal sealed class FileRecordSink<T>(FileNames names, OutputFormat<T> format, FileSinkOptions options) : ISink<T>
{
    public SinkMode Mode => SinkMode.Append;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        var writer = new FileSinkWriter<T>(names, format, options, context);
        try
        {
            await writer.OpenAsync(cancellationToken).ConfigureAwait(false);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

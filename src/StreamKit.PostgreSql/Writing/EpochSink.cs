using StreamKit.Connectors;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>Writes records to a table exactly once, in a job that takes checkpoints.</summary>
internal sealed class EpochSink<T>(TableTarget<T> target) : IWriteAheadSink<T>
{
    public SinkMode Mode => target.Mode;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        Link link = target.Connect(context);
        RowWriter<T> rows = target.WriterOf(link);
        var plain = new TableSinkWriter<T>(link, rows, target.Options, context.Clock);
        var writer = new EpochSinkWriter<T>(
            link, rows, plain, new EpochMarker(target.Name, context.Pipeline, context.Name));
        try
        {
            await plain.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (context.HasCheckpoints)
            {
                await writer.OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            return writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

using StreamKit.Connectors;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>Writes records to a table.</summary>
internal sealed class TableSink<T>(TableTarget<T> target) : ISink<T>
{
    public SinkMode Mode => target.Mode;

    // A row that is written again replaces itself, and one that is deleted again is gone already.
    public SinkGuarantee Guarantee => target.IsMerged ? SinkGuarantee.Idempotent : SinkGuarantee.AtLeastOnce;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        Link link = target.Connect(context);
        var writer = new TableSinkWriter<T>(link, target.WriterOf(link), target.Options, context.Clock);
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

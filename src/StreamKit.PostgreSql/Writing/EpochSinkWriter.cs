using Npgsql;
using StreamKit.Connectors;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>Writes the records of an epoch and its number in one transaction.</summary>
/// <param name="link">The connection.</param>
/// <param name="rows">How rows come into the table.</param>
/// <param name="plain">Writes in a job that takes no checkpoints.</param>
/// <param name="marker">The number.</param>
internal sealed class EpochSinkWriter<T>(
    Link link, RowWriter<T> rows, TableSinkWriter<T> plain, EpochMarker marker) : IWriteAheadSinkWriter<T>
{
    public Task OpenAsync(CancellationToken cancellationToken) => link.RunAsync(marker.MakeAsync, cancellationToken);

    public async ValueTask<long> FindLastEpochAsync(CancellationToken cancellationToken) =>
        await link.RunAsync(marker.FindAsync, cancellationToken).ConfigureAwait(false);

    public async ValueTask CommitAsync(long epoch, SinkBatch<T> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await link.RunAsync(
            (connection, token) => CommitAsync(connection, epoch, records.Values, token),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken) =>
        plain.WriteAsync(records, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => plain.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => plain.DisposeAsync();

    private async Task CommitAsync(
        NpgsqlConnection connection, long epoch, ReadOnlyMemory<T> records, CancellationToken cancellationToken)
    {
        // Disposing it takes back what was not committed.
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (!await marker.TryMoveAsync(connection, epoch, cancellationToken).ConfigureAwait(false))
            {
                // An earlier attempt, or a run that was given up, has committed this epoch: its records are there.
                long last = await marker.FindAsync(connection, cancellationToken).ConfigureAwait(false);
                if (last == epoch)
                {
                    return;
                }

                throw new InvalidOperationException(
                    $"Epoch {epoch} cannot follow epoch {last}, which is the last that was written. Another run of "
                    + "this pipeline writes to the same table; nothing was written.");
            }

            if (records.Length > 0)
            {
                await rows.WriteAsync(connection, records, cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

using System.Data.Common;
using StreamKit.Connectors;

namespace StreamKit.Sqlite.Tests;

/// <summary>
/// Writes rows to a database, exactly once where the job takes checkpoints: the rows of an epoch and its number go into
/// one transaction.
/// </summary>
/// <param name="connect">Makes a connection.</param>
/// <param name="name">The name of the sink in the table of markers.</param>
/// <param name="insert">The statement that writes one row, with parameters.</param>
/// <param name="valuesOf">Their values.</param>
internal sealed class DatabaseSink<T>(
    Func<DbConnection> connect, string name, string insert, Func<T, (string Name, object? Value)[]> valuesOf)
    : IWriteAheadSink<T>
{
    public SinkMode Mode => SinkMode.Append;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        DbConnection connection = connect();
        var writer = new Writer(connection, name, insert, valuesOf);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await writer.PrepareAsync(cancellationToken);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    private sealed class Writer(
        DbConnection connection, string name, string insert, Func<T, (string Name, object? Value)[]> valuesOf)
        : IWriteAheadSinkWriter<T>
    {
        public async ValueTask PrepareAsync(CancellationToken cancellationToken)
        {
            await ExecuteAsync(
                null,
                "CREATE TABLE IF NOT EXISTS streamkit_epochs (sink TEXT PRIMARY KEY, epoch BIGINT NOT NULL)",
                [],
                cancellationToken);
            await ExecuteAsync(
                null,
                "INSERT INTO streamkit_epochs SELECT @sink, 0 "
                + "WHERE NOT EXISTS (SELECT 1 FROM streamkit_epochs WHERE sink = @sink)",
                [("@sink", name)],
                cancellationToken);
        }

        public async ValueTask<long> FindLastEpochAsync(CancellationToken cancellationToken)
        {
            await using DbCommand command = CommandOf(
                null, "SELECT epoch FROM streamkit_epochs WHERE sink = @sink", [("@sink", name)]);
            return Convert.ToInt64(
                await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        }

        public async ValueTask CommitAsync(long epoch, SinkBatch<T> records, CancellationToken cancellationToken)
        {
            // Disposing it takes back what was not committed.
            await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            int moved = await ExecuteAsync(
                transaction,
                "UPDATE streamkit_epochs SET epoch = @epoch WHERE sink = @sink AND epoch = @epoch - 1",
                [("@sink", name), ("@epoch", epoch)],
                cancellationToken);
            if (moved == 0)
            {
                throw new InvalidOperationException($"'{name}' is not at epoch {epoch - 1}: another run writes to it.");
            }

            await InsertAsync(transaction, records, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        // In a job without checkpoints.
        public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await InsertAsync(transaction, records, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();

        private async Task InsertAsync(
            DbTransaction transaction, SinkBatch<T> records, CancellationToken cancellationToken)
        {
            for (int i = 0; i < records.Count; i++)
            {
                await ExecuteAsync(transaction, insert, valuesOf(records.Values.Span[i]), cancellationToken);
            }
        }

        private async Task<int> ExecuteAsync(
            DbTransaction? transaction,
            string text,
            (string Name, object? Value)[] values,
            CancellationToken cancellationToken)
        {
            await using DbCommand command = CommandOf(transaction, text, values);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private DbCommand CommandOf(DbTransaction? transaction, string text, (string Name, object? Value)[] values)
        {
            DbCommand command = connection.CreateCommand();
            command.CommandText = text;
            command.Transaction = transaction;
            foreach ((string parameter, object? value) in values)
            {
                DbParameter bound = command.CreateParameter();
                (bound.ParameterName, bound.Value) = (parameter, value ?? DBNull.Value);
                command.Parameters.Add(bound);
            }

            return command;
        }
    }
}

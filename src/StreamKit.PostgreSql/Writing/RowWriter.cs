using Npgsql;

namespace StreamKit.PostgreSql.Writing;

/// <summary>One way in which rows come into a table.</summary>
internal abstract class RowWriter<T>
{
    /// <summary>Makes a fresh connection ready, and finds out what would fail later.</summary>
    public abstract Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the rows of records. Up to a full batch they are all there or none; more are so in a transaction that the
    /// caller has begun.
    /// </summary>
    public abstract Task WriteAsync(
        NpgsqlConnection connection, ReadOnlyMemory<T> records, CancellationToken cancellationToken);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StreamKit.Checkpointing;
using StreamKit.PostgreSql.Checkpointing;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql;

/// <summary>Keeps checkpoints in tables of PostgreSQL, where they survive the machine that the job runs on.</summary>
/// <remarks>
/// <para>
/// The tables "streamkit_checkpoint_job", "streamkit_checkpoint" and "streamkit_checkpoint_chunk" are made when the
/// first job opens its place. Several jobs may share them, and so may any number of processes.
/// </para>
/// <para>
/// A checkpoint survives what the server's commits survive. Parts are written in pieces of a megabyte, on at most four
/// connections at a time. No message holds a password.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// CheckpointOptions checkpoints = Checkpoints.In(
///     new PostgreSqlCheckpointStore("Host=localhost;Database=stats"), every: TimeSpan.FromSeconds(30));
/// </code>
/// </example>
public sealed class PostgreSqlCheckpointStore : ICheckpointStore
{
    private readonly Database _database;
    private readonly CheckpointTables _tables;
    private readonly PostgreSqlCheckpointOptions _options;

    /// <summary>A store in a database.</summary>
    /// <param name="connectionString">The connection string, such as "Host=localhost;Database=stats".</param>
    /// <param name="options">How they are kept; null: the defaults.</param>
    /// <exception cref="ArgumentException">The connection string, or the name of the schema, cannot be one.</exception>
    public PostgreSqlCheckpointStore(string connectionString, PostgreSqlCheckpointOptions? options = null)
        : this(Database.Of(connectionString), options)
    {
    }

    /// <summary>A store in a database.</summary>
    /// <param name="dataSource">Where connections come from; it stays open.</param>
    /// <param name="options">How they are kept; null: the defaults.</param>
    /// <exception cref="ArgumentException">The name of the schema cannot be one.</exception>
    public PostgreSqlCheckpointStore(NpgsqlDataSource dataSource, PostgreSqlCheckpointOptions? options = null)
        : this(Database.Of(dataSource), options)
    {
    }

    private PostgreSqlCheckpointStore(Database database, PostgreSqlCheckpointOptions? options)
    {
        _options = (options ?? new PostgreSqlCheckpointOptions()).Validated();
        (_database, _tables) = (database, new CheckpointTables(_options.Schema));
    }

    /// <inheritdoc/>
    public async ValueTask<ICheckpointSession> OpenAsync(
        string job, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(logger);
        string name = StoredNames.Of(job);
        cancellationToken.ThrowIfCancellationRequested();
        var calls = new Calls(_database, _options.RetryFor, clock, logger);
        try
        {
            await calls.RunAsync(_tables.MakeAsync, cancellationToken).ConfigureAwait(false);
            var place = new JobPlace(calls, _tables, job, name);
            JobOwner owner = await JobOwner.TakeAsync(place, cancellationToken).ConfigureAwait(false);
            return new PostgreSqlSession(place, owner, clock);
        }
        catch
        {
            await calls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ICheckpointReader> OpenReaderAsync(string job, CancellationToken cancellationToken)
    {
        string name = StoredNames.Of(job);
        cancellationToken.ThrowIfCancellationRequested();

        // Whoever only looks has no job, and so no clock but that of the machine.
        var calls = new Calls(_database, _options.RetryFor, TimeProvider.System, NullLogger.Instance);
        return new(new PostgreSqlReader(new JobPlace(calls, _tables, job, name)));
    }
}

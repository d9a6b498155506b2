using Microsoft.Extensions.Logging;
using Npgsql;

namespace StreamKit.PostgreSql.Connections;

/// <summary>One connection, kept open, and made anew when it breaks.</summary>
/// <param name="database">The database.</param>
/// <param name="retryFor">How long errors that pass are waited out.</param>
/// <param name="clock">The clock of the job.</param>
/// <param name="logger">Is told of what is tried again.</param>
/// <remarks>One call at a time.</remarks>
internal sealed class Link(Database database, TimeSpan retryFor, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private readonly Attempts _attempts = new(database, retryFor, clock, logger);
    private readonly ConnectionPool _pool = database.Open();
    private NpgsqlConnection? _connection;

    public ILogger Logger => logger;

    /// <summary>What makes a fresh connection ready; null: nothing.</summary>
    public Func<NpgsqlConnection, CancellationToken, Task>? Prepare { get; set; }

    /// <summary>Works with the connection; what met an error that passes is done again from its beginning.</summary>
    /// <inheritdoc cref="Attempts.RunAsync{TResult}"/>
    public Task<TResult> RunAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken) =>
        _attempts.RunAsync(
            async token => await work(await ConnectAsync(token).ConfigureAwait(false), token).ConfigureAwait(false),
            DropAsync,
            cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}"/>
    public Task RunAsync(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync<bool>(
            async (connection, token) =>
            {
                await work(connection, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>From now on nothing is tried again: the job ends, and waits for no server that is away.</summary>
    public void Hurry() => _attempts.RetryFor = TimeSpan.Zero;

    public async ValueTask DisposeAsync()
    {
        await DropAsync().ConfigureAwait(false);
        await _pool.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } open)
        {
            return open;
        }

        _connection = await _pool.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (Prepare is { } prepare)
        {
            await prepare(_connection, cancellationToken).ConfigureAwait(false);
        }

        return _connection;
    }

    // What the connection is in the middle of is not known after a failure, so it is not used again.
    private async Task DropAsync()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        _connection = null;
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (Failure.IsTransient(exception))
        {
            // It is broken; that is why it is dropped.
        }

        _pool.Forget();
    }
}

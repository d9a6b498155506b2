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
    private readonly ConnectionPool _pool = database.Open();
    private NpgsqlConnection? _connection;

    public Database Database => database;

    public ILogger Logger => logger;

    /// <summary>What makes a fresh connection ready; null: nothing.</summary>
    public Func<NpgsqlConnection, CancellationToken, Task>? Prepare { get; set; }

    /// <summary>Works with the connection; work that met an error that passes is done again from its beginning.</summary>
    /// <param name="work">What to do; done again, it has the same effect as once.</param>
    /// <param name="cancellationToken">Ends the work and the waiting.</param>
    /// <exception cref="IOException">The database stayed away for longer than is waited.</exception>
    /// <exception cref="InvalidOperationException">The database refuses, and would refuse again.</exception>
    public async Task<TResult> RunAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var patience = new Patience(retryFor, clock);
        while (true)
        {
            try
            {
                NpgsqlConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
                TResult result = await work(connection, cancellationToken).ConfigureAwait(false);
                if (patience.WasTried)
                {
                    logger.Back(database.Name);
                }

                return result;
            }
            catch (Exception exception)
            {
                // What the connection is in the middle of is not known, so it is not used again.
                await DropAsync().ConfigureAwait(false);
                if (cancellationToken.IsCancellationRequested)
                {
                    throw new OperationCanceledException(exception.Message, exception, cancellationToken);
                }

                if (!Failure.IsTransient(exception) || patience.Next() is not { } wait)
                {
                    if (Failure.Describe(database, exception) is { } described)
                    {
                        throw described;
                    }

                    throw;
                }

                _pool.Forget();
                logger.TriedAgain(database.Name, Failure.ReasonOf(exception), wait);
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc cref="RunAsync{TResult}"/>
    public Task RunAsync(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync<bool>(
            async (connection, token) =>
            {
                await work(connection, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

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

    private async Task DropAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            try
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (Failure.IsTransient(exception))
            {
                // It is broken; that is why it is dropped.
            }
        }
    }
}

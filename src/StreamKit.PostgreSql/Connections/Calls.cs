using Microsoft.Extensions.Logging;
using Npgsql;

namespace StreamKit.PostgreSql.Connections;

/// <summary>Calls that each have a connection of their own, a few at a time.</summary>
/// <param name="database">The database.</param>
/// <param name="retryFor">How long errors that pass are waited out.</param>
/// <param name="clock">The clock of the job.</param>
/// <param name="logger">Is told of what is tried again.</param>
internal sealed class Calls(Database database, TimeSpan retryFor, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    // As many lanes may save at the same time; a server that is shared should not feel more of it than this.
    private const int AtATime = 4;

    private readonly Attempts _attempts = new(database, retryFor, clock, logger);
    private readonly ConnectionPool _pool = database.Open();
    private readonly SemaphoreSlim _free = new(AtATime);

    public Database Database => database;

    public ILogger Logger => logger;

    /// <summary>Works with a connection; what met an error that passes is done again from its beginning.</summary>
    /// <inheritdoc cref="Attempts.RunAsync{TResult}"/>
    public async Task<TResult> RunAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _attempts
                .RunAsync(token => OnceAsync(work, token), ForgetAsync, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Works with a connection, once, and says whether it went well.</summary>
    public async Task<bool> TryAsync(
        Func<NpgsqlConnection, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            await OnceAsync(work, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (Failure.Describe(database, exception) is not null)
        {
            return false;
        }
    }

    // The semaphore has nothing to release, and a call that is still under way gives its place back to it.
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<TResult> OnceAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _pool.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await work(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task ForgetAsync()
    {
        _pool.Forget();
        return Task.CompletedTask;
    }
}

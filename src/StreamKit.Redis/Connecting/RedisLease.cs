using StackExchange.Redis;

namespace StreamKit.Redis.Connecting;

/// <summary>A part in an open connection.</summary>
internal sealed class RedisLease(IDatabase database, Patience patience, Func<ValueTask> leave) : IAsyncDisposable
{
    private bool _left;

    public IDatabase Database { get; } = database;

    public Patience Patience { get; } = patience;

    /// <summary>Calls until the server answers; for calls that may be made twice.</summary>
    /// <exception cref="IOException">The server refuses, or has not answered for too long.</exception>
    public async Task<TResult> CallAsync<TResult>(
        Func<IDatabase, Task<TResult>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                TResult result = await call(Database).WaitAsync(cancellationToken).ConfigureAwait(false);
                Patience.Restore();
                return result;
            }
            catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
            {
                await Patience.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_left)
        {
            _left = true;
            await leave().ConfigureAwait(false);
        }
    }
}

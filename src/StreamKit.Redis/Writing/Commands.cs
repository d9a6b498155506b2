using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>The commands that a batch of records has become.</summary>
internal abstract class Commands
{
    /// <summary>Whether they may be sent again when nobody knows whether they have been carried out.</summary>
    public virtual bool MayRepeat => true;

    /// <summary>Sends them, behind whatever was sent before.</summary>
    /// <returns>Completes when the server has answered to all of them.</returns>
    public abstract Task SendAsync(IDatabase database);

    /// <summary>Sends what was queued in a transaction.</summary>
    protected static async Task ExecuteAsync(ITransaction transaction)
    {
        if (!await transaction.ExecuteAsync().ConfigureAwait(false))
        {
            throw new RedisException("The server did not execute a transaction that has no condition.");
        }
    }
}

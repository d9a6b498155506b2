using System.Diagnostics;
using StackExchange.Redis;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Writing;

/// <summary>Keeps a bounded number of batches on their way, and sends them again while the server is away.</summary>
/// <remarks>
/// After a failure everything that is on its way is sent again, one batch after the other, and not only what failed: a
/// later batch may have gone through, and what an earlier one has for the same key must not replace it.
/// </remarks>
internal sealed class CommandPipe(RedisLease lease, int capacity) : IAsyncDisposable
{
    private readonly Queue<(Commands Commands, Task Answer)> _onTheirWay = new();
    private bool _broken;   // Something was given up.

    /// <summary>Sends commands; waits for the oldest where too many are on their way.</summary>
    public async ValueTask SendAsync(Commands commands, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_onTheirWay.Count >= capacity)
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }

        _onTheirWay.Enqueue((commands, commands.SendAsync(lease.Database)));
    }

    /// <summary>Completes when the server has answered to everything.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_onTheirWay.Count > 0)
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for what is on its way, but for no server that is away.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            while (_onTheirWay.TryDequeue(out (Commands Commands, Task Answer) oldest))
            {
                await oldest.Answer.ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            // Whoever gave up on it before has said why.
            if (!_broken)
            {
                throw lease.Patience.Lost(failure);
            }
        }
        finally
        {
            await lease.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _onTheirWay.Peek().Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
            _onTheirWay.Dequeue();
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            _broken = true;
            if (!_onTheirWay.Peek().Commands.MayRepeat)
            {
                throw lease.Patience.Lost(failure);
            }

            await SendAgainAsync(failure, cancellationToken).ConfigureAwait(false);
            _broken = false;
        }
    }

    private async Task SendAgainAsync(Exception failure, CancellationToken cancellationToken)
    {
        foreach ((_, Task answer) in _onTheirWay)
        {
            await answer.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        Debug.Assert(_onTheirWay.All(static sent => sent.Answer.IsCompleted), "None overtakes what is sent again.");
        await lease.Patience.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
        while (_onTheirWay.TryPeek(out (Commands Commands, Task Answer) oldest))
        {
            await lease.CallAsync(
                async database =>
                {
                    await oldest.Commands.SendAsync(database).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            _onTheirWay.Dequeue();
        }
    }
}

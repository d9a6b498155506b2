using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis;

/// <summary>Where a Redis server, or a cluster of them, is, and how to connect to it.</summary>
/// <remarks>
/// <para>
/// A connection that is made from a configuration is opened by the first sink or source that uses it, shared by all of
/// them, and closed with the last; make one for a server and give it to each. One that is over a multiplexer of yours
/// is left open.
/// </para>
/// <para>Messages name the servers and never a password.</para>
/// </remarks>
public sealed class RedisConnection
{
    // A pipeline that waits should go on soon after the server is back; what another client would do to a server that
    // is only slow, one connection does not.
    private const int FirstReconnectMilliseconds = 200;
    private const int LongestReconnectMilliseconds = 2_000;

    private readonly ConfigurationOptions? _configuration;
    private readonly IConnectionMultiplexer? _given;
    private readonly int _database;
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _own;  // Under the lock: the connection, or the attempt that is under way.
    private int _users;

    private RedisConnection(ConfigurationOptions configuration) => _configuration = configuration;

    private RedisConnection(IConnectionMultiplexer given, int database) => (_given, _database) = (given, database);

    /// <summary>Connects as a configuration string says.</summary>
    /// <param name="configuration">
    /// In the notation of StackExchange.Redis, such as "localhost:6379,password=...,ssl=true,defaultDatabase=1". A
    /// password that holds a comma has no place in it: take <see cref="ConfigurationOptions"/>.
    /// </param>
    public static implicit operator RedisConnection(string configuration) => To(configuration);

    /// <summary>Connects as a configuration string says.</summary>
    /// <param name="configuration">
    /// In the notation of StackExchange.Redis, such as "localhost:6379,password=...,ssl=true,defaultDatabase=1". A
    /// password that holds a comma has no place in it: take <see cref="ConfigurationOptions"/>.
    /// </param>
    /// <exception cref="ArgumentException">The string is not understood; the message does not repeat it.</exception>
    public static RedisConnection To(string configuration)
    {
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        if (configuration.Contains("://", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                "A configuration is no address of the form redis://...: write \"host:port,password=...,ssl=true\".",
                nameof(configuration));
        }

        ConfigurationOptions options = ConfigurationOptions.Parse(configuration);
        options.ReconnectRetryPolicy =
            new ExponentialRetry(FirstReconnectMilliseconds, LongestReconnectMilliseconds);
        return To(options);
    }

    /// <summary>Connects as options say.</summary>
    /// <param name="configuration">
    /// The options; they are copied. Whether to wait for a server that is not there is for sinks and sources to say, so
    /// <see cref="ConfigurationOptions.AbortOnConnectFail"/> has no effect.
    /// </param>
    /// <exception cref="ArgumentException">No server is named.</exception>
    public static RedisConnection To(ConfigurationOptions configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.EndPoints.Count == 0)
        {
            throw new ArgumentException("The configuration names no server.", nameof(configuration));
        }

        ConfigurationOptions copy = configuration.Clone();

        // Whether, and how long, to wait for a server that is not there is for the sink or source to say.
        copy.AbortOnConnectFail = true;
        return new RedisConnection(copy);
    }

    /// <summary>Uses a multiplexer that the program has, and leaves it open.</summary>
    /// <param name="multiplexer">The multiplexer.</param>
    /// <param name="database">The number of the database. Default: the one that it was configured with.</param>
    public static RedisConnection Over(IConnectionMultiplexer multiplexer, int database = -1)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        ArgumentOutOfRangeException.ThrowIfLessThan(database, -1);
        return new RedisConnection(multiplexer, database);
    }

    /// <summary>The servers; never a password.</summary>
    public override string ToString() => _configuration is { } configuration
        ? EndPoints.Describe(configuration.EndPoints)
        : EndPoints.Describe(_given!.GetEndPoints(configuredOnly: true)); // One of the two is there.

    /// <summary>Takes part in the connection; opens it where nobody else has, and waits for the server.</summary>
    internal async Task<RedisLease> OpenAsync(
        string step, TimeSpan retryFor, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var patience = new Patience(step, ToString(), retryFor, clock, logger);
        IConnectionMultiplexer multiplexer = _given
            ?? await ShareAsync(_configuration!, patience, cancellationToken).ConfigureAwait(false);
        var lease = new RedisLease(multiplexer.GetDatabase(_given is null ? -1 : _database), patience, LeaveAsync);
        try
        {
            await lease.CallAsync(static database => database.PingAsync(), cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<IConnectionMultiplexer> ShareAsync(
        ConfigurationOptions configuration, Patience patience, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _users++;
        }

        try
        {
            while (true)
            {
                Task<ConnectionMultiplexer> attempt = AttemptAsync(configuration);
                try
                {
                    return await attempt.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (RedisConnectionException failure)
                {
                    Forget(attempt);
                    await patience.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch
        {
            await LeaveAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task<ConnectionMultiplexer> AttemptAsync(ConfigurationOptions configuration)
    {
        lock (_lock)
        {
            return _own ??= ConnectionMultiplexer.ConnectAsync(configuration);
        }
    }

    private void Forget(Task<ConnectionMultiplexer> attempt)
    {
        lock (_lock)
        {
            if (_own == attempt)
            {
                _own = null;
            }
        }
    }

    private async ValueTask LeaveAsync()
    {
        Task<ConnectionMultiplexer>? last = null;
        lock (_lock)
        {
            if (_given is null && --_users == 0)
            {
                (last, _own) = (_own, null);
            }
        }

        if (last is not null)
        {
            // An attempt that nobody waits for any more may still succeed.
            await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (last.IsCompletedSuccessfully)
            {
                ConnectionMultiplexer multiplexer = await last.ConfigureAwait(false);
                await multiplexer.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}

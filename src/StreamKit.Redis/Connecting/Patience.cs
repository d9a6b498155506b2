using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace StreamKit.Redis.Connecting;

/// <summary>How long a sink or source goes on trying while its server does not answer.</summary>
internal sealed class Patience(string step, string server, TimeSpan limit, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private long? _since;
    private TimeSpan _pause = s_firstPause;

    /// <summary>Whether a failure may pass by itself, so that the same command is worth sending again.</summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        RedisConnectionException connection => connection.FailureType is not
            (ConnectionFailureType.AuthenticationFailure or ConnectionFailureType.ConnectionDisposed),
        RedisTimeoutException => true,
        RedisServerException server => server.Kind is RedisErrorKind.Loading or RedisErrorKind.ClusterDown
            or RedisErrorKind.MasterDown or RedisErrorKind.TryAgain or RedisErrorKind.NoReplicas
            or RedisErrorKind.Busy or RedisErrorKind.MaxClients or RedisErrorKind.ReadOnly
            or RedisErrorKind.Moved or RedisErrorKind.Ask,
        _ => false,
    };

    /// <summary>Waits before the next attempt.</summary>
    /// <exception cref="IOException">The failure does not pass by itself, or it has lasted too long.</exception>
    public async Task WaitAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (!MayPass(failure))
        {
            throw Refused(failure);
        }

        if (_since is null)
        {
            _since = clock.GetTimestamp();
            string what = Describe(failure);
            logger.Lost(step, server, limit, what);
        }

        TimeSpan left = limit - clock.GetElapsedTime(_since.Value);
        if (left <= TimeSpan.Zero)
        {
            throw new IOException(
                $"'{step}' has had no answer from Redis at {server} for {limit}: {Describe(failure)}.", failure);
        }

        await Task.Delay(_pause < left ? _pause : left, clock, cancellationToken).ConfigureAwait(false);
        _pause = _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
    }

    /// <summary>Says that the server has answered.</summary>
    public void Restore()
    {
        if (_since is { } since)
        {
            TimeSpan elapsed = clock.GetElapsedTime(since);
            logger.Back(step, server, elapsed);
            (_since, _pause) = (null, s_firstPause);
        }
    }

    /// <summary>What a failure becomes that no further attempt changes.</summary>
    public IOException Refused(Exception failure) =>
        new($"'{step}' is refused by Redis at {server}: {Describe(failure)}", failure);

    /// <summary>What a failure becomes behind which nobody knows what was done.</summary>
    public IOException Lost(Exception failure) => MayPass(failure)
        ? new($"'{step}' does not know whether Redis at {server} has written what it was sent: {Describe(failure)}.",
            failure)
        : Refused(failure);

    // The client's own messages go on for many lines about its buffers; they are in the inner exception.
    private static string Describe(Exception failure) => failure switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
            "it does not accept the name or the password",
        RedisConnectionException connection => $"no connection ({connection.FailureType})",
        RedisTimeoutException => "the command timed out",
        _ => failure.Message,
    };
}

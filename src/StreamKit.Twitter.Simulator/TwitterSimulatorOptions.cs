namespace StreamKit.Twitter.Simulator;

/// <summary>How the simulated service behaves.</summary>
public sealed record TwitterSimulatorOptions
{
    /// <summary>The port on the loopback address. Default: 0, any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The bearer token that opens it. Default: null, any token does.</summary>
    public string? BearerToken { get; init; }

    /// <summary>The clock of keep-alives, limits and back-fill. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often a keep-alive is sent. Default: 20 seconds, as the service does.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many streams may be open at a time. Default: 1, as for an app that pays by use.</summary>
    public int MaxConnections { get; init; } = 1;

    /// <summary>How many connections may be asked for in 15 minutes. Default: 50.</summary>
    public int ConnectLimit { get; init; } = 50;

    /// <summary>How many minutes of back-fill may be asked for, 0 to 5. Default: 5.</summary>
    public int MaxBackfillMinutes { get; init; } = 5;

    /// <summary>How many rules there may be. Default: 1,000.</summary>
    public int MaxRules { get; init; } = 1000;

    /// <summary>
    /// How many posts may wait for one client; one that falls further behind is disconnected. Default: 10,000.
    /// </summary>
    public int ClientBuffer { get; init; } = 10_000;

    /// <summary>How many posts it invents a second. Default: 0, only what is published is sent.</summary>
    public double PostsPerSecond { get; init; }

    /// <summary>Which posts it invents: the same seed, the same words. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentNullException.ThrowIfNull(Clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepAliveInterval, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBackfillMinutes, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBackfillMinutes, 5);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ClientBuffer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ClientBuffer, 1_000_000);
        if (!(PostsPerSecond >= 0 && PostsPerSecond <= 100_000))
        {
            throw new ArgumentOutOfRangeException(nameof(PostsPerSecond), PostsPerSecond, "From 0 to 100,000.");
        }
    }
}

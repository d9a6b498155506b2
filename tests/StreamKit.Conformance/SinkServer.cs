using StreamKit.Connectors;

namespace StreamKit.Conformance;

/// <summary>A server that is real, and a sink that writes to it; what a test needs to be unkind to both.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public abstract class SinkServer<T> : IAsyncDisposable
{
    /// <summary>The password in the sink's configuration; no message may contain it.</summary>
    public const string Secret = "s3cr3t-of-the-tests";

    /// <summary>Makes a sink that writes to the server, with <see cref="Secret"/> for a password where it takes one.
    /// It gives up on a server that is gone within few seconds.</summary>
    public abstract ISink<T> CreateSink();

    /// <summary>What an error must contain to tell the place: an address, or the name of a table or topic.</summary>
    public abstract string Place { get; }

    /// <summary>Makes a record of a number.</summary>
    public abstract T RecordOf(int number);

    /// <summary>The numbers of all records that the server shows to others, in any order.</summary>
    public abstract Task<IReadOnlyList<int>> ReadBackAsync(CancellationToken cancellationToken);

    /// <summary>Takes every connection of the sink away; new ones are welcome at once.</summary>
    public abstract Task BreakAsync(CancellationToken cancellationToken);

    /// <summary>Ends the server, for good where it is not started again.</summary>
    public abstract Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Starts the server again, with what it had acknowledged.</summary>
    public abstract Task RestartAsync(CancellationToken cancellationToken);

    /// <summary>How many connections sinks have to the server.</summary>
    public abstract Task<int> CountConnectionsAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

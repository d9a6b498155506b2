using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StreamKit.Checkpointing;

/// <summary>Keeps checkpoints in memory: they survive the jobs of a process, and not the process.</summary>
/// <remarks>For restarts within a process, and for tests. Give the same store to the job that follows.</remarks>
public sealed class MemoryCheckpointStore : ICheckpointStore
{
    private readonly ConcurrentDictionary<string, MemoryPlace> _places = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<ICheckpointSession> OpenAsync(
        string job, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(logger);
        cancellationToken.ThrowIfCancellationRequested();
        return new(new MemorySession(PlaceOf(job), clock));
    }

    /// <inheritdoc/>
    public ValueTask<ICheckpointReader> OpenReaderAsync(string job, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        cancellationToken.ThrowIfCancellationRequested();
        return new(new MemoryReader(PlaceOf(job)));
    }

    private MemoryPlace PlaceOf(string job) => _places.GetOrAdd(job, static name => new MemoryPlace(name));
}

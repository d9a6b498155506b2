using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Connectors;

namespace StreamKit.Testing;

/// <summary>Opens sinks for step-by-step writing.</summary>
public static class SinkDriver
{
    /// <summary>Opens a sink.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="sink">The sink.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The driver; disposing it disposes the writer.</returns>
    public static async ValueTask<SinkDriver<T>> OpenAsync<T>(
        ISink<T> sink, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var context = new SinkContext("sink", clock ?? TimeProvider.System, NullLogger.Instance);
        return new SinkDriver<T>(await sink.OpenAsync(context, cancellationToken).ConfigureAwait(false));
    }
}

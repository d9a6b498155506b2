using StreamKit.Connectors;

namespace StreamKit.Testing;

/// <summary>Opens sources for step-by-step reading.</summary>
public static class SourceDriver
{
    /// <summary>Opens a source.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="source">The source.</param>
    /// <param name="options">Its surroundings; null for the defaults.</param>
    /// <param name="cancellationToken">Stops what the source does in the background, as the end of a job would.</param>
    /// <returns>The driver; disposing it stops the source and disposes its readers.</returns>
    public static ValueTask<SourceDriver<T>> OpenAsync<T>(
        ISource<T> source, SourceDriverOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return SourceDriver<T>.OpenAsync(source, options ?? new(), cancellationToken);
    }
}

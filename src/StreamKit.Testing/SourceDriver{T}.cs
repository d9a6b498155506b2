using StreamKit.Connectors;

namespace StreamKit.Testing;

/// <summary>Reads a source as a job does, but step by step; for tests of sources.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// It also checks what every reader must keep to, and throws <see cref="ContractException"/> where one does not.
/// </remarks>
public sealed class SourceDriver<T> : IAsyncDisposable
{
    private readonly DriverContext<T> _context;
    private readonly CancellationTokenSource _stopped = new();
    private CancellationTokenRegistration _stopping;
    private bool _disposed;

    private SourceDriver(DriverContext<T> context) => _context = context;

    /// <summary>The splits that the source has so far, in the order in which they came.</summary>
    public IReadOnlyList<SplitDriver<T>> Splits => _context.Splits();

    /// <summary>The only split.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public SplitDriver<T> Split => Splits.Single();

    /// <summary>What the source has reported, in its order.</summary>
    public IReadOnlyList<BadRecord> BadRecords => _context.BadRecords();

    /// <summary>Whether the source says that it may add splits.</summary>
    public bool MoreSplitsMayCome => _context.MoreSplitsMayCome;

    /// <summary>Reads all splits that are there, one after the other, each to its end.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The records of the first split, then those of the second, and so on.</returns>
    public async ValueTask<IReadOnlyList<T>> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var all = new List<T>();
        for (int i = 0; i < Splits.Count; i++)
        {
            all.AddRange(await Splits[i].ReadAllAsync(cancellationToken).ConfigureAwait(false));
        }

        return all;
    }

    /// <summary>Completes as soon as the source has so many splits.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    public Task WaitForSplitsAsync(int count, CancellationToken cancellationToken = default) =>
        _context.SplitsAsync(count).WaitAsync(cancellationToken);

    /// <summary>
    /// Tells the source that what has been read so far is in a checkpoint that is complete, as a job would; needs
    /// <see cref="SourceDriverOptions.HasCheckpoints"/>. Harmless where the source does not want to know.
    /// </summary>
    /// <param name="cancellationToken">Handed on to the source.</param>
    public Task CompleteCheckpointAsync(CancellationToken cancellationToken = default) =>
        _context.TakeCheckpointAsync(cancellationToken);

    /// <summary>Stops the source and disposes the readers; harmless when repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopped.CancelAsync().ConfigureAwait(false);
        foreach (SplitDriver<T> split in Splits)
        {
            await split.DisposeAsync().ConfigureAwait(false);
        }

        await _context.DisposeResourcesAsync().ConfigureAwait(false);
        await _stopping.DisposeAsync().ConfigureAwait(false);
        _stopped.Dispose();
    }

    internal static async ValueTask<SourceDriver<T>> OpenAsync(
        ISource<T> source, SourceDriverOptions options, CancellationToken cancellationToken)
    {
        var context = new DriverContext<T>(options);
        var driver = new SourceDriver<T>(context);
        driver._stopping = cancellationToken.Register(driver._stopped.Cancel);
        IReadOnlyList<ISplitReader<T>> readers =
            await source.OpenAsync(context, driver._stopped.Token).ConfigureAwait(false);
        context.AddFirst(readers);
        return driver;
    }
}

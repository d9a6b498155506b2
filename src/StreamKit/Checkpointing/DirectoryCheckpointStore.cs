using Microsoft.Extensions.Logging;

namespace StreamKit.Checkpointing;

/// <summary>Keeps checkpoints in a directory; they survive the process, and a loss of power.</summary>
/// <remarks>
/// <para>
/// A directory for each job, a directory in it for each checkpoint. A completed one has been flushed to the disk before
/// it got its name. Every file carries its length and a checksum; what was changed, cut or swapped is found when it is
/// read.
/// </para>
/// <para>
/// Processes that share the directory keep each other out with a lock on a file, so a network drive must support these.
/// A savepoint's directory may be copied into the directory of a job on another machine.
/// </para>
/// </remarks>
public sealed class DirectoryCheckpointStore : ICheckpointStore
{
    private readonly ICheckpointFiles _files;

    /// <summary>Keeps checkpoints in a directory.</summary>
    /// <param name="path">The directory; made when the first job opens it.</param>
    public DirectoryCheckpointStore(string path)
        : this(path, DiskFiles.Instance)
    {
    }

    internal DirectoryCheckpointStore(string path, ICheckpointFiles files)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (Path, _files) = (System.IO.Path.GetFullPath(path), files);
    }

    /// <summary>The directory, as a full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public async ValueTask<ICheckpointSession> OpenAsync(
        string job, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(logger);
        JobDirectory directory = DirectoryOf(job, cancellationToken);
        SessionMark session = await directory.TakeAsync(logger, cancellationToken).ConfigureAwait(false);
        return new DirectorySession(directory, session, clock, logger);
    }

    /// <inheritdoc/>
    public ValueTask<ICheckpointReader> OpenReaderAsync(string job, CancellationToken cancellationToken) =>
        new(new DirectoryReader(DirectoryOf(job, cancellationToken)));

    private JobDirectory DirectoryOf(string job, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        cancellationToken.ThrowIfCancellationRequested();
        return new JobDirectory(Path, job, _files);
    }
}

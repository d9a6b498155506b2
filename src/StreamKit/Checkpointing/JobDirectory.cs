using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using StreamKit.Diagnostics;

namespace StreamKit.Checkpointing;

/// <summary>The directory of one job: who owns it, and what lies in it.</summary>
/// <remarks>
/// <code>
/// lock                              held for moments, by whoever changes what is completed
/// owner                             the session that may write
/// checkpoint-000000000012/          a completed checkpoint: manifest, and a file for each part
/// savepoint-000000000014-name/      a completed savepoint
/// pending-000000000015-7-…/         a checkpoint that session 7 is making
/// deleted-…/                        what is being deleted
/// </code>
/// Every step to another state is the renaming of one entry of this directory, and what the new name stands for has
/// been flushed before. So after a crash each step was taken or was not.
/// </remarks>
internal sealed class JobDirectory(string root, string job, ICheckpointFiles files)
{
    public const string PartSuffix = ".part";
    public const string ManifestName = "manifest";
    private const string LockName = "lock";
    private const string OwnerName = "owner";
    private const string NewOwnerName = "owner.new";
    private const string PendingPrefix = "pending-";
    private const string DeletedPrefix = "deleted-";
    private const int LockAttempts = 3000;
    private static readonly TimeSpan s_lockPause = TimeSpan.FromMilliseconds(10);

    private readonly string _path = Path.Combine(root, FileNames.Of(job));

    public string Job => job;

    public ICheckpointFiles Files => files;

    public string PathOf(string name) => Path.Combine(_path, name);

    public static string PendingName(long checkpoint, SessionMark session) =>
        $"{PendingPrefix}{checkpoint:d12}-{session}";

    public IEnumerable<DirectoryEntry> Completed() =>
        files.List(_path).Select(DirectoryEntry.Read).OfType<DirectoryEntry>();

    public DirectoryEntry? Find(long id, string? savepoint)
    {
        foreach (DirectoryEntry entry in Completed())
        {
            if (entry.Id == id && entry.Savepoint == savepoint)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>
    /// Makes the directory where there is none, takes it, and clears away what others left unfinished.
    /// </summary>
    public async ValueTask<SessionMark> TakeAsync(ILogger logger, CancellationToken cancellationToken)
    {
        Make(_path);
        using IDisposable held = await LockAsync(cancellationToken).ConfigureAwait(false);
        long epoch = 0;
        try
        {
            epoch = (await ReadOwnerAsync(cancellationToken).ConfigureAwait(false))?.Epoch ?? 0;
        }
        catch (CheckpointCorruptException exception)
        {
            // The token keeps sessions apart, so nothing depends on the count.
            Log.CheckpointOwnerLost(logger, job, exception);
        }

        var session = new SessionMark(epoch + 1, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        byte[] header = CheckpointFile.HeaderOf(new FileStamp(FileKind.Owner, 0, session), default);
        await files.WriteAsync(PathOf(NewOwnerName), header, default, cancellationToken).ConfigureAwait(false);
        files.MoveFile(PathOf(NewOwnerName), PathOf(OwnerName));
        files.FlushDirectory(_path);
        foreach (string name in files.List(_path).Where(IsLeftOver))
        {
            Clear(name, logger);
            Log.CheckpointLeftoverRemoved(logger, job, name);
        }

        return session;
    }

    /// <summary>Waits until nobody else changes what is completed.</summary>
    public async ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        // Others hold it for the time of a rename. They may be other processes, whose time is that of the machine,
        // whatever clock the job has.
        for (int attempt = 0; attempt < LockAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (files.TryLock(PathOf(LockName)) is { } held)
            {
                return held;
            }

            await Task.Delay(s_lockPause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException(
            $"'{PathOf(LockName)}' stays locked; a process that uses the checkpoints of job '{job}' seems to hang.");
    }

    /// <exception cref="CheckpointFencedException">Another session has taken the directory.</exception>
    public async ValueTask CheckOwnerAsync(SessionMark session, CancellationToken cancellationToken)
    {
        if (await ReadOwnerAsync(cancellationToken).ConfigureAwait(false) != session)
        {
            throw new CheckpointFencedException(job);
        }
    }

    /// <summary>Gives an entry its new name, for good.</summary>
    public void Move(string from, string to)
    {
        files.MoveDirectory(PathOf(from), PathOf(to));
        files.FlushDirectory(_path);
    }

    public void Flush() => files.FlushDirectory(_path);

    /// <summary>
    /// Takes a completed checkpoint out of sight, for good, before anything of it is deleted: else a crash could bring
    /// the name back without its content.
    /// </summary>
    /// <returns>What is to be cleared.</returns>
    public string Hide(string name, SessionMark session)
    {
        string hidden = $"{DeletedPrefix}{name}-{session}";
        Move(name, hidden);
        return hidden;
    }

    /// <summary>
    /// Deletes what is out of sight. What cannot be deleted now is deleted when the next session opens.
    /// </summary>
    public void Clear(string name, ILogger logger)
    {
        string path = PathOf(name);
        try
        {
            foreach (string file in files.List(path))
            {
                files.DeleteFile(Path.Combine(path, file));
            }

            files.DeleteDirectory(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The session that takes over clears the same.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CheckpointNotCleared(logger, job, name, exception);
        }
    }

    private static bool IsLeftOver(string name) =>
        name.StartsWith(PendingPrefix, StringComparison.Ordinal)
        || name.StartsWith(DeletedPrefix, StringComparison.Ordinal);

    private async ValueTask<SessionMark?> ReadOwnerAsync(CancellationToken cancellationToken)
    {
        string path = PathOf(OwnerName);
        return await files.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } file
            ? CheckpointFile.Parse(path, file, FileKind.Owner).Stamp.Session
            : null;
    }

    // Each name on the way must be on the disk, else the whole path could be missing after a crash. What is there
    // already may have been made by a run that died before it could flush, so that is flushed as well.
    private void Make(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } parent)
        {
            return;
        }

        Make(parent);
        bool isNew = !files.DirectoryExists(path);
        if (isNew)
        {
            files.CreateDirectory(path);
        }

        try
        {
            files.FlushDirectory(parent);
        }
        catch (UnauthorizedAccessException) when (!isNew)
        {
            // Where this user may not even read, no run of this user has made anything.
        }
    }
}

using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>What the directory store asks of a file system; tests put one there that loses power.</summary>
/// <remarks>
/// Nothing but flushing survives a loss of power: <see cref="WriteAsync"/> flushes what is in a file, and
/// <see cref="FlushDirectory"/> the names in a directory.
/// </remarks>
internal interface ICheckpointFiles
{
    bool DirectoryExists(string path);

    /// <summary>The names in a directory; none where there is no directory.</summary>
    IReadOnlyList<string> List(string path);

    void CreateDirectory(string path);

    /// <summary>Writes a file from its beginning, and returns when its content has reached the disk.</summary>
    ValueTask WriteAsync(
        string path, ReadOnlyMemory<byte> head, ReadOnlySequence<byte> content, CancellationToken cancellationToken);

    /// <summary>All that is in a file; null where there is no file.</summary>
    ValueTask<ReadOnlySequence<byte>?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>Gives a file another name in its directory, at once; replaces what has that name.</summary>
    void MoveFile(string from, string to);

    /// <summary>Gives a directory another name in its directory, at once; fails where the name is taken.</summary>
    void MoveDirectory(string from, string to);

    /// <summary>Returns when the names in a directory have reached the disk.</summary>
    void FlushDirectory(string path);

    void DeleteFile(string path);

    /// <summary>Deletes a directory that is empty.</summary>
    void DeleteDirectory(string path);

    /// <summary>
    /// Locks a file against every other handle, in whatever process, until disposed or until the process dies; null
    /// where another handle has it.
    /// </summary>
    IDisposable? TryLock(string path);
}

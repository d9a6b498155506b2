using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StreamKit.Checkpointing;

/// <summary>The file system of this machine.</summary>
internal sealed partial class DiskFiles(int chunkBytes = DiskFiles.ChunkBytes) : ICheckpointFiles
{
    // An array may have two thousand million bytes at most, and a lane's state may have more.
    private const int ChunkBytes = 1 << 30;

    // What the systems answer when somebody else holds the lock: Windows (sharing, locking), Linux, macOS.
    private static readonly int[] s_taken = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    public static DiskFiles Instance { get; } = new();

    public bool DirectoryExists(string path) => Directory.Exists(path);

    public IReadOnlyList<string> List(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(path).Select(static entry => Path.GetFileName(entry))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public async ValueTask WriteAsync(
        string path, ReadOnlyMemory<byte> head, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        await RandomAccess.WriteAsync(file, head, 0, cancellationToken).ConfigureAwait(false);
        long offset = head.Length;
        foreach (ReadOnlyMemory<byte> segment in content)
        {
            await RandomAccess.WriteAsync(file, segment, offset, cancellationToken).ConfigureAwait(false);
            offset += segment.Length;
        }

        // Flushing has no asynchronous form, and the caller may be a lane with other work.
        await Task.Run(() => RandomAccess.FlushToDisk(file), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ReadOnlySequence<byte>?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        SafeFileHandle file;
        try
        {
            // Whoever deletes the checkpoint meanwhile need not wait for the reader.
            file = File.OpenHandle(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        using (file)
        {
            long length = RandomAccess.GetLength(file);
            var chunks = new List<ReadOnlyMemory<byte>>();
            for (long offset = 0; offset < length; offset += chunkBytes)
            {
                var chunk = new byte[Math.Min(chunkBytes, length - offset)];
                int read = await FillAsync(file, chunk, offset, cancellationToken).ConfigureAwait(false);
                chunks.Add(chunk.AsMemory(0, read));
            }

            return Chunk.Join(chunks);
        }
    }

    public void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveDirectory(string from, string to) => Directory.Move(from, to);

    public void FlushDirectory(string path)
    {
        // Windows journals the names in its directories by itself, and gives no handle to flush them with.
        if (!OperatingSystem.IsWindows())
        {
            using SafeFileHandle directory = OpenDirectory(path);
            RandomAccess.FlushToDisk(directory);
        }
    }

    public void DeleteFile(string path) => File.Delete(path);

    public void DeleteDirectory(string path) => Directory.Delete(path);

    public IDisposable? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (Array.IndexOf(s_taken, exception.HResult) >= 0)
        {
            return null;
        }
    }

    private static async ValueTask<int> FillAsync(
        SafeFileHandle file, byte[] chunk, long offset, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < chunk.Length)
        {
            int read = await RandomAccess
                .ReadAsync(file, chunk.AsMemory(filled), offset + filled, cancellationToken)
                .ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    private static SafeFileHandle OpenDirectory(string path)
    {
        const int ReadOnly = 0;
        const int NoAccess = 13;
        int descriptor = Open(path, ReadOnly);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        int error = Marshal.GetLastPInvokeError();
        string message = $"The directory '{path}' cannot be flushed: {Marshal.GetPInvokeErrorMessage(error)}.";
        throw error == NoAccess ? new UnauthorizedAccessException(message) : new IOException(message);
    }

    // The platform opens no directories as files, and a new name is on the disk only when its directory was flushed. So
    // this one call goes to the system; flushing and closing are the platform's again.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}

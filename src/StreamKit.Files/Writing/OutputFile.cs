using System.Collections.Concurrent;
using System.IO.Compression;

namespace StreamKit.Files.Writing;

/// <summary>A file that is being written.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    // Where file locks are only advice, the operating system lets two sinks of one process write over each other.
    private static readonly ConcurrentDictionary<string, bool> BeingWritten = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _content;
    private bool _disposed;

    private OutputFile(string path, FileStream file, Stream content) =>
        (_path, _file, _content) = (path, file, content);

    /// <summary>How many bytes have been written, before compression.</summary>
    public long Bytes { get; private set; }

    /// <summary>Opens a file and creates its folder; what stands behind <paramref name="keep"/> is cut off.</summary>
    /// <exception cref="IOException">Another sink of this process is writing the file.</exception>
    public static OutputFile Open(string path, FileMode mode, long keep, CompressionLevel? gzip)
    {
        if (!BeingWritten.TryAdd(path, true))
        {
            throw new IOException($"'{path}' is being written by another sink of this process.");
        }

        try
        {
            FileStream file = OpenFile(path, mode, keep);
            return new OutputFile(path, file, gzip is { } level ? new GZipStream(file, level, leaveOpen: true) : file);
        }
        catch
        {
            BeingWritten.TryRemove(path, out _);
            throw;
        }
    }

    // None of these can be cancelled half-way, which would leave half a record behind.
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _content.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        Bytes += bytes.Length;
    }

    public async ValueTask FlushAsync(bool durable)
    {
        await _content.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        if (durable)
        {
            await Task.Run(() => RandomAccess.FlushToDisk(_file.SafeFileHandle)).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the file with all that it needs to be complete.</summary>
    public async ValueTask CloseAsync(bool durable)
    {
        if (_content is GZipStream)
        {
            await _content.DisposeAsync().ConfigureAwait(false);
        }

        if (durable)
        {
            await Task.Run(() => RandomAccess.FlushToDisk(_file.SafeFileHandle)).ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Lets go of the file, without writing anything further.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _file.DisposeAsync().ConfigureAwait(false);
        BeingWritten.TryRemove(_path, out _);
    }

    private static FileStream OpenFile(string path, FileMode mode, long keep)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A full path to a file has a folder.
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0, // The records are gathered already.
        });
        if (mode == FileMode.OpenOrCreate)
        {
            file.SetLength(keep);
            file.Seek(0, SeekOrigin.End);
        }

        return file;
    }
}

using System.IO.Compression;

namespace StreamKit.Files.Writing;

/// <summary>A file that is being written.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly Stream _content;

    private OutputFile(FileStream file, Stream content) => (_file, _content) = (file, content);

    /// <summary>How many bytes have been written, before compression.</summary>
    public long Bytes { get; private set; }

    /// <summary>Opens a file and creates its folder; what stands behind <paramref name="keep"/> is cut off.</summary>
    public static OutputFile Open(string path, FileMode mode, long keep, CompressionLevel? gzip)
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

        return new OutputFile(file, gzip is { } level ? new GZipStream(file, level, leaveOpen: true) : file);
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

        await _file.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Lets go of the file after an error, without writing anything further.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}

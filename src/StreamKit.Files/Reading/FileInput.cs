using System.Buffers;
using System.IO.Pipelines;

namespace StreamKit.Files.Reading;

/// <summary>One file, open, as a pipe of the bytes of its content.</summary>
internal sealed class FileInput : IDisposable
{
    private readonly PlainFileStream _file;
    private readonly DecompressingStream? _content;

    private FileInput(string path, PlainFileStream file, DecompressingStream? content, int bufferBytes)
    {
        (Path, _file, _content) = (path, file, content);
        var options = new StreamPipeReaderOptions(
            bufferSize: bufferBytes, minimumReadSize: Math.Max(1, bufferBytes / 4), leaveOpen: true);
        Pipe = PipeReader.Create((Stream?)content ?? file, options);
    }

    public string Path { get; }

    public PipeReader Pipe { get; }

    /// <summary>How the file ended, once the pipe has.</summary>
    public FileEnding Ending => _file.Ending;

    /// <summary>What is wrong with the compressed content, once the pipe has ended; null if nothing is.</summary>
    public InvalidDataException? Fault => _content?.Fault;

    /// <summary>Opens a file at its start or, if it is not compressed, at an offset.</summary>
    public static FileInput Open(string path, long offset, FileSourceOptions options, TimeProvider clock)
    {
        bool compressed = IsCompressed(path);
        bool follow = options.Follow && !compressed;
        var file = new PlainFileStream(path, offset, follow ? new FileTail(path, options.PollInterval, clock) : null);
        DecompressingStream? content =
            !compressed ? null
            : HasExtension(path, ".gz") ? new GzipInputStream(file)
            : new BrotliInputStream(file, options.BufferBytes);
        return new FileInput(path, file, content, options.BufferBytes);
    }

    public static bool IsCompressed(string path) => HasExtension(path, ".gz") || HasExtension(path, ".br");

    /// <summary>The length of a file that is not compressed.</summary>
    public long FileLength => _file.FileLength;

    /// <summary>Reads and forgets bytes; false if the content ends before.</summary>
    public async ValueTask<bool> SkipAsync(long bytes, CancellationToken cancellationToken)
    {
        while (bytes > 0)
        {
            ReadResult result = await Pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> skipped = result.Buffer.Slice(0, Math.Min(bytes, result.Buffer.Length));
            bytes -= skipped.Length;
            Pipe.AdvanceTo(skipped.End);
            if (result.IsCompleted && skipped.IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        Pipe.Complete();
        _content?.Dispose();
        _file.Dispose();
    }

    private static bool HasExtension(string path, string extension) =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}

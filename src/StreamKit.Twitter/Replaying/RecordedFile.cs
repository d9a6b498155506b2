using System.Buffers;
using System.IO.Pipelines;
using StreamKit.Twitter.Framing;

namespace StreamKit.Twitter.Replaying;

/// <summary>A file of recorded lines, packed with gzip or plain.</summary>
internal sealed class RecordedFile
{
    private const string GZip = ".gz";

    private static readonly string[] s_extensions = [".jsonl", ".json", GZip];

    internal RecordedFile(string path, ReplayOptions options)
    {
        string extension = System.IO.Path.GetExtension(path);
        if (!s_extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"'{path}' cannot be replayed: its name must end in {string.Join(", ", s_extensions)}. "
                + "Unpack other archives first.",
                nameof(path));
        }

        Path = path;
        Options = options;
        IsPacked = extension.Equals(GZip, StringComparison.OrdinalIgnoreCase);
    }

    internal string Path { get; }

    internal ReplayOptions Options { get; }

    internal bool IsPacked { get; }

    /// <summary>Opens the file; positions count the bytes of the unpacked content.</summary>
    internal async ValueTask<PipeLines> OpenAsync(LinePosition start, CancellationToken cancellationToken)
    {
        Stream content = Open();
        try
        {
            await SkipAsync(content, start.Offset, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        // The room behind an unfinished line is used while it is worth a read.
        var buffers = new StreamPipeReaderOptions(
            bufferSize: Options.BufferBytes,
            minimumReadSize: Options.BufferBytes / 4);
        return new PipeLines(PipeReader.Create(content, buffers), Options.MaxLineBytes, start);
    }

    private Stream Open()
    {
        if (!File.Exists(Path))
        {
            throw new FileNotFoundException($"There is no file '{Path}' to be replayed.", Path);
        }

        var file = new FileStream(Path, new FileStreamOptions
        {
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,

            // Unpacking asks for small pieces; a pipe has buffers itself.
            BufferSize = IsPacked ? Options.BufferBytes : 0,
        });
        return IsPacked ? new UnpackedStream(file) : file;
    }

    private async ValueTask SkipAsync(Stream content, long count, CancellationToken cancellationToken)
    {
        if (!IsPacked)
        {
            content.Position = count;
            ThrowIfShorter(count - content.Length, count);
            return;
        }

        // Packed content has no other way to a position than through all that stands before it.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Options.BufferBytes);
        try
        {
            for (long left = count; left > 0;)
            {
                Memory<byte> room = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
                int read = await content.ReadAsync(room, cancellationToken).ConfigureAwait(false);
                ThrowIfShorter(read == 0 ? left : 0, count);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void ThrowIfShorter(long missing, long wanted)
    {
        if (missing > 0)
        {
            throw new InvalidDataException(
                $"'{Path}' ends before byte {wanted}, where reading was to go on: "
                + "it is not the file that was read before.");
        }
    }
}

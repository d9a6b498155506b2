using System.IO.Compression;

namespace StreamKit.Files.Reading;

/// <summary>The content of a gzip file of one or more members.</summary>
internal sealed class GzipInputStream : DecompressingStream
{
    private readonly Stream _file;
    private readonly SealedStream _sealed;
    private readonly GZipStream _gzip;
    private bool _ended;

    public GzipInputStream(Stream file)
    {
        _file = file;
        _sealed = new SealedStream(file);
        _gzip = new GZipStream(_sealed, CompressionMode.Decompress);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            int read = await _gzip.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0 && !_sealed.AtSeal)
            {
                return read;
            }

            await CheckSealAsync(buffer[..read], cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            Fault = new InvalidDataException(
                _sealed.AtSeal ? "the gzip file is cut off" : "the gzip file is damaged: " + e.Message, e);
        }

        _ended = true;
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads what the seal has become, after the first of it.</summary>
    private async ValueTask CheckSealAsync(Memory<byte> first, CancellationToken cancellationToken)
    {
        byte[] rest = new byte[SealedStream.Content.Length + 1];
        int count = Math.Min(first.Length, rest.Length);
        first[..count].CopyTo(rest);
        while (count < rest.Length)
        {
            int read = await _gzip.ReadAsync(rest.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        bool isWhole = rest.AsSpan(0, count).SequenceEqual(SealedStream.Content);
        if (!isWhole)
        {
            Fault = new InvalidDataException(_sealed.AtSeal
                ? "the gzip file is cut off"
                : "the gzip file has other bytes behind its end");
        }
    }
}

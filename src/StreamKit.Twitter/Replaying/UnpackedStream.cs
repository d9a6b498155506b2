using System.IO.Compression;

namespace StreamKit.Twitter.Replaying;

/// <summary>
/// The content of a gzip stream of one or more members, which fails where the packed data is not whole.
/// </summary>
/// <remarks>
/// <see cref="GZipStream"/> takes data that is cut off, and whatever stands behind a member, for the end. So a mark is
/// packed behind the end: only where all before it is whole does it come out as it went in.
/// </remarks>
internal sealed class UnpackedStream : ForwardStream
{
    private const string NotWhole = "the gzip data is damaged or cut off, or something else stands behind it";

    private readonly MarkedEndStream _packed;
    private readonly GZipStream _content;
    private bool _ended;
    private Exception? _broken;

    internal UnpackedStream(Stream packed)
    {
        _packed = new MarkedEndStream(packed);
        _content = new GZipStream(_packed, CompressionMode.Decompress);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_broken is not null)
        {
            throw new InvalidDataException(NotWhole, _broken);
        }

        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            // More packed data is asked for only when all content of what was there has come out, so content belongs to
            // the file as long as the mark is not under way.
            int read = await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0 && !_packed.HasEnded)
            {
                return read;
            }

            if (!await IsMarkAsync(buffer[..read], cancellationToken).ConfigureAwait(false))
            {
                throw new InvalidDataException(NotWhole);
            }

            _ended = true;
            return 0;
        }
        catch (InvalidDataException exception)
        {
            // What unpacking says of damaged data ("an unsupported compression method") leads astray.
            _broken = exception;
            throw new InvalidDataException(NotWhole, exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<bool> IsMarkAsync(ReadOnlyMemory<byte> beginning, CancellationToken cancellationToken)
    {
        byte[] tail = new byte[MarkedEndStream.Mark.Length + 1];
        if (beginning.Length > tail.Length)
        {
            return false;
        }

        beginning.CopyTo(tail);
        int count = beginning.Length;
        int read;
        do
        {
            read = await _content.ReadAsync(tail.AsMemory(count), cancellationToken).ConfigureAwait(false);
            count += read;
        }
        while (read > 0);

        return tail.AsSpan(0, count).SequenceEqual(MarkedEndStream.Mark);
    }
}

using System.Buffers;
using System.IO.Compression;

namespace StreamKit.Files.Reading;

/// <summary>The content of a Brotli file.</summary>
/// <remarks>Not <see cref="BrotliStream"/>, which ends in silence when the file is cut off.</remarks>
internal sealed class BrotliInputStream(Stream file, int bufferBytes) : DecompressingStream
{
    private readonly byte[] _input = new byte[bufferBytes];
    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _empty = true;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended && !buffer.IsEmpty)
        {
            OperationStatus status = _decoder.Decompress(
                _input.AsSpan(_start.._end), buffer.Span, out int consumed, out int written);
            _start += consumed;
            if (status is OperationStatus.Done or OperationStatus.InvalidData)
            {
                await EndAsync(status, cancellationToken).ConfigureAwait(false);
            }

            if (written > 0)
            {
                return written;
            }

            if (status == OperationStatus.NeedMoreData && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                _ended = true;
                Fault = _empty ? null : new InvalidDataException("the Brotli file is cut off");
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ended = true;
            _decoder.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask EndAsync(OperationStatus status, CancellationToken cancellationToken)
    {
        bool more = _start < _end || await FillAsync(cancellationToken).ConfigureAwait(false);
        _ended = true;
        Fault = status == OperationStatus.InvalidData ? new InvalidDataException("the Brotli file is damaged")
            : more ? new InvalidDataException("the Brotli file has other bytes behind its end")
            : null;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        // What the decoder has not taken stays in front of what comes.
        _input.AsSpan(_start.._end).CopyTo(_input);
        (_start, _end) = (0, _end - _start);
        int read = await file.ReadAsync(_input.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _empty &= read == 0;
        return read > 0;
    }
}

using System.Buffers;
using System.IO.Pipelines;

namespace StreamKit.Http.Ingest;

/// <summary>Collects a body in memory that counts against a budget; disposing it gives both back.</summary>
internal sealed class RequestBody(ByteBudget budget, int maxBytes) : IDisposable
{
    private const int FirstBytes = 4096;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Reads to the end, or as far as it may.</summary>
    public async ValueTask<BodyReading> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> read = result.Buffer;
            BodyReading reading = read.Length > maxBytes - _length ? BodyReading.TooLong
                : !HasRoom((int)read.Length) ? BodyReading.NoRoom
                : BodyReading.Complete;
            if (reading == BodyReading.Complete)
            {
                read.CopyTo(_bytes.AsSpan(_length));
                _length += (int)read.Length;
            }

            reader.AdvanceTo(read.End);
            if (reading != BodyReading.Complete || result.IsCompleted)
            {
                return reading;
            }
        }
    }

    public void Dispose()
    {
        GiveBack(_bytes);
        (_bytes, _length) = ([], 0);
    }

    // What a client says about the length is no reason to hold as much memory: it grows with what has come.
    private bool HasRoom(int more)
    {
        int needed = _length + more;
        if (needed <= _bytes.Length)
        {
            return true;
        }

        int size = (int)Math.Min(Math.Max(Math.Max(needed, FirstBytes), 2L * _bytes.Length), maxBytes);
        if (!budget.TryTake(size))
        {
            return false;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(size);

        // The pool gives no less than was asked for, and rounds up: what it gives is what is held.
        if (larger.Length > size && !budget.TryTake(larger.Length - size))
        {
            ArrayPool<byte>.Shared.Return(larger);
            budget.Return(size);
            return false;
        }

        Span.CopyTo(larger);
        GiveBack(_bytes);
        _bytes = larger;
        return true;
    }

    private void GiveBack(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            budget.Return(bytes.Length);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

using System.IO.Compression;

namespace StreamKit.Twitter.Replaying;

/// <summary>A packed stream with one more gzip member behind its end, whose content no recording holds.</summary>
internal sealed class MarkedEndStream(Stream packed) : ForwardStream
{
    // 0xFF is no part of any UTF-8 text; so many equal bytes do not stand in their packed form as they are.
    private static readonly byte[] s_mark = Enumerable.Repeat((byte)0xFF, 32).ToArray();
    private static readonly byte[] s_packedMark = Pack(s_mark);

    private int _markRead;

    /// <summary>Whether all that was packed has been read, so that the mark is under way.</summary>
    internal bool HasEnded => _markRead > 0;

    /// <summary>The content of that member.</summary>
    internal static ReadOnlySpan<byte> Mark => s_mark;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = _markRead == 0 ? await packed.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : 0;
        if (read == 0)
        {
            read = Math.Min(buffer.Length, s_packedMark.Length - _markRead);
            s_packedMark.AsMemory(_markRead, read).CopyTo(buffer);
            _markRead += read;
        }

        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await packed.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}

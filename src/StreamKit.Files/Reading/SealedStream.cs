namespace StreamKit.Files.Reading;

/// <summary>
/// A compressed file, and behind its last byte a seal: one more small gzip member with a known content.
/// </summary>
/// <remarks>
/// <see cref="System.IO.Compression.GZipStream"/> ends in silence when a file is cut off. But it asks for input only
/// after it has given all output of the input before. So what it gives once the seal was handed out is the seal's
/// content exactly when a complete member stood before it; in a file that is cut off the seal's bytes are taken for
/// something else.
/// </remarks>
internal sealed class SealedStream(Stream file) : InputStream
{
    private static readonly byte[] Seal =
    [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, // A member, deflated, without name or time.
        1, 4, 0, 0xfb, 0xff,                   // Its only block, stored, of four bytes.
        .. "seal"u8,
        0x30, 0xae, 0x30, 0x2e, 4, 0, 0, 0,    // Their CRC-32 and their number.
    ];

    private int _sealAt;

    /// <summary>What the seal decompresses to.</summary>
    public static ReadOnlySpan<byte> Content => "seal"u8;

    /// <summary>Whether all bytes of the file have been handed out; output from now on is not the file's.</summary>
    public bool AtSeal { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!AtSeal)
        {
            int read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                return read;
            }

            AtSeal = true;
        }

        int count = Math.Min(buffer.Length, Seal.Length - _sealAt);
        Seal.AsSpan(_sealAt, count).CopyTo(buffer.Span);
        _sealAt += count;
        return count;
    }
}

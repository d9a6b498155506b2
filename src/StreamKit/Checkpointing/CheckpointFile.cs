using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace StreamKit.Checkpointing;

/// <summary>The form of every file of the directory store: a header of 64 bytes, then the content.</summary>
/// <remarks>
/// <code>
///  0  8  magic "SKITCKPT"              24  8  number of the checkpoint
///  8  2  version of the form           32  8  epoch of the session
/// 10  1  kind of file                  40  8  token of the session
/// 11  1  zero                          48 12  zero
/// 12  4  CRC-32C of the content        60  4  CRC-32C of the 60 bytes before
/// 16  8  length of the content
/// </code>
/// Numbers are little-endian. Every version of the form keeps the magic, the version and the header's length and
/// checksum where they are, so that a newer file is told apart from a damaged one.
/// </remarks>
internal static class CheckpointFile
{
    public const int HeaderBytes = 64;
    private const ushort Version = 1;
    private const int HeaderChecksumOffset = 60;

    private static ReadOnlySpan<byte> Magic => "SKITCKPT"u8;

    public static byte[] HeaderOf(in FileStamp stamp, in ReadOnlySequence<byte> content) =>
        HeaderOf(stamp, content.Length, Crc32C.Of(content));

    public static byte[] HeaderOf(in FileStamp stamp, long length, uint checksum)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), Version);
        header[10] = (byte)stamp.Kind;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), checksum);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), stamp.Checkpoint);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), stamp.Session.Epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(40), stamp.Session.Token);
        BinaryPrimitives.WriteUInt32LittleEndian(
            header.AsSpan(HeaderChecksumOffset), Crc32C.Of(header.AsSpan(0, HeaderChecksumOffset)));
        return header;
    }

    /// <summary>Takes a file apart, or says what is wrong with it.</summary>
    /// <exception cref="CheckpointCorruptException">It is not what was written.</exception>
    /// <exception cref="NotSupportedException">A newer version wrote it.</exception>
    public static (FileStamp Stamp, ReadOnlySequence<byte> Content) Parse(
        string name, in ReadOnlySequence<byte> file, FileKind kind)
    {
        if (file.Length < HeaderBytes)
        {
            throw Corrupt(name, $"it has {file.Length} bytes, and its header alone has {HeaderBytes}");
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        file.Slice(0, HeaderBytes).CopyTo(header);
        if (!header.StartsWith(Magic))
        {
            throw Corrupt(name, $"it does not begin as a file of a checkpoint");
        }

        uint checksum = Crc32C.Of(header[..HeaderChecksumOffset]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[HeaderChecksumOffset..]) != checksum)
        {
            throw Corrupt(name, $"its header was changed");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        if (version != Version)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' has form {version}, and this version of StreamKit reads form {Version}: use the version "
                + $"that wrote it, or a newer one."));
        }

        if (header[10] != (byte)kind)
        {
            throw Corrupt(name, $"it is another kind of file ({header[10]} in place of {(byte)kind})");
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        if (file.Length - HeaderBytes != length)
        {
            throw Corrupt(name, $"it has {file.Length - HeaderBytes} bytes of content, and {length} were written");
        }

        ReadOnlySequence<byte> content = file.Slice(HeaderBytes);
        if (Crc32C.Of(content) != BinaryPrimitives.ReadUInt32LittleEndian(header[12..]))
        {
            throw Corrupt(name, $"its content was changed");
        }

        return (new FileStamp(
            kind,
            BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
            new SessionMark(
                BinaryPrimitives.ReadInt64LittleEndian(header[32..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[40..]))), content);
    }

    private static CheckpointCorruptException Corrupt(string name, FormattableString reason) =>
        new(name, FormattableString.Invariant(reason));
}

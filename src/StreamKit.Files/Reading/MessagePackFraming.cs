using System.Buffers.Binary;

namespace StreamKit.Files.Reading;

/// <summary>A record is a MessagePack object, with all that is in it.</summary>
/// <remarks>
/// It counts what is still to come instead of descending, so that no depth of nesting can exhaust the stack.
/// </remarks>
internal sealed class MessagePackFraming : Framing
{
    private readonly byte[] _head = new byte[5]; // A code and the longest length that can follow it.
    private int _headBytes;
    private ulong _objectsDue;
    private ulong _bytesDue;
    private bool _lost;

    public override bool IsLost => _lost;

    public override string UnfinishedReason => "the last MessagePack object is cut off";

    public override void Reset(bool atFileStart) => (_headBytes, _objectsDue, _bytesDue, _lost) = (0, 1, 0, false);

    public override int Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (true)
        {
            int skipped = (int)Math.Min(_bytesDue, (ulong)(bytes.Length - at));
            at += skipped;
            _bytesDue -= (ulong)skipped;
            if (_lost || _bytesDue > 0)
            {
                return -1;
            }

            if (_objectsDue == 0)
            {
                return at;
            }

            if (at == bytes.Length)
            {
                return -1;
            }

            _head[_headBytes++] = bytes[at++];
            if (_headBytes > LengthBytes(_head[0]))
            {
                Begin();
            }
        }
    }

    public override long TrimmedLength(ReadOnlySpan<byte> tail, long length) => length;

    /// <summary>How many bytes after the code say how much follows.</summary>
    private static int LengthBytes(byte code) => code switch
    {
        0xc4 or 0xc7 or 0xd9 => 1,
        0xc5 or 0xc8 or 0xda or 0xdc or 0xde => 2,
        0xc6 or 0xc9 or 0xdb or 0xdd or 0xdf => 4,
        _ => 0,
    };

    /// <summary>Counts what the object that has begun brings with it.</summary>
    private void Begin()
    {
        byte code = _head[0];
        uint length = LengthBytes(code) switch
        {
            1 => _head[1],
            2 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(1)),
            4 => BinaryPrimitives.ReadUInt32BigEndian(_head.AsSpan(1)),
            _ => 0,
        };
        _headBytes = 0;
        _lost = code == 0xc1;
        _bytesDue = BytesOf(code, length);
        // At most 2^33 are added for five bytes of input: it would take gigabytes of them to overflow.
        _objectsDue = _objectsDue - 1 + ObjectsOf(code, length);
    }

    private static ulong BytesOf(byte code, uint length) => code switch
    {
        >= 0xa0 and <= 0xbf => (ulong)(code & 0x1f),
        0xc4 or 0xc5 or 0xc6 or 0xd9 or 0xda or 0xdb => length,
        0xc7 or 0xc8 or 0xc9 => length + 1UL,
        0xcc or 0xd0 => 1,
        0xcd or 0xd1 or 0xd4 => 2,
        0xd5 => 3,
        0xca or 0xce or 0xd2 => 4,
        0xd6 => 5,
        0xcb or 0xcf or 0xd3 => 8,
        0xd7 => 9,
        0xd8 => 17,
        _ => 0,
    };

    private static ulong ObjectsOf(byte code, uint length) => code switch
    {
        >= 0x80 and <= 0x8f => 2UL * (ulong)(code & 0x0f),
        >= 0x90 and <= 0x9f => (ulong)(code & 0x0f),
        0xdc or 0xdd => length,
        0xde or 0xdf => 2UL * length,
        _ => 0,
    };
}

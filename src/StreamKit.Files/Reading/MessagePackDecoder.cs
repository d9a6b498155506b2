using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MessagePack;

namespace StreamKit.Files.Reading;

/// <summary>Makes records of MessagePack objects.</summary>
internal sealed class MessagePackDecoder<T>(MessagePackSerializerOptions options) : RecordDecoder<T>
{
    private byte[] _bytes = [];

    public override bool TryDecode(ReadOnlySpan<byte> bytes, bool atFileStart, [MaybeNullWhen(false)] out T record)
    {
        // The serializer reads memory, not spans; the copy is short-lived and bounded by the longest record.
        if (_bytes.Length < bytes.Length)
        {
            _bytes = new byte[Math.Max(bytes.Length, 2 * _bytes.Length)];
        }

        bytes.CopyTo(_bytes);
        var reader = new MessagePackReader(new ReadOnlySequence<byte>(_bytes, 0, bytes.Length));
        record = MessagePackSerializer.Deserialize<T>(ref reader, options);
        if (!reader.End)
        {
            throw new InvalidDataException("the object has bytes left when the record is complete");
        }

        return record is not null ? true : throw new InvalidDataException("MessagePack nil is no record");
    }
}

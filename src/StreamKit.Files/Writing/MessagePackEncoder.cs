using MessagePack;

namespace StreamKit.Files.Writing;

/// <summary>Writes records as MessagePack objects, one behind the other.</summary>
internal sealed class MessagePackEncoder<T>(MessagePackSerializerOptions options) : RecordEncoder<T>
{
    public override void Write(T record, RecordBytes to) => MessagePackSerializer.Serialize(to, record, options);
}

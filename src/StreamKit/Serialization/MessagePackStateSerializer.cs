using System.Buffers;
using MessagePack;

namespace StreamKit.Serialization;

/// <summary>Keeps values as MessagePack, each in bytes of its own.</summary>
internal sealed class MessagePackStateSerializer<T>(string schema, MessagePackSerializerOptions options)
    : StateSerializer<T>
{
    public override string Schema => schema;

    public override void Write(ref StateWriter writer, in T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var inner = new MessagePackWriter(buffer);
        try
        {
            MessagePackSerializer.Serialize(ref inner, value, options);
        }
        catch (MessagePackSerializationException exception)
        {
            throw new StateException(
                $"MessagePack cannot write {TypeNames.Of(typeof(T))}: {exception.GetBaseException().Message}",
                exception);
        }

        inner.Flush();
        writer.Write(buffer.WrittenSpan);
    }

    public override T Read(ref StateReader reader)
    {
        var inner = new MessagePackReader(reader.ReadMemory());
        T value;
        try
        {
            value = MessagePackSerializer.Deserialize<T>(ref inner, options);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or StateException))
        {
            throw new StateException(
                $"MessagePack cannot read the state of '{schema}' as {TypeNames.Of(typeof(T))}: "
                + exception.GetBaseException().Message,
                exception);
        }

        return inner.End ? value : throw StateException.Damaged($"something follows a value of '{schema}'");
    }
}

using System.Buffers;
using StreamKit.Serialization;

namespace StreamKit.Tests.Serialization;

/// <summary>State written into a blob with its table before it, and read back to the last byte.</summary>
internal static class StateBytes
{
    public delegate void Writing(ref StateWriter writer);

    public delegate T Reading<T>(ref StateReader reader);

    public static byte[] Of(StateTypes types, Writing write)
    {
        var schemas = new StateSchemas(types);
        byte[] body = Raw(schemas, write);
        return [.. Raw(schemas, (ref writer) => schemas.WriteTo(ref writer)), .. body];
    }

    public static T Read<T>(StateTypes types, ReadOnlyMemory<byte> bytes, Reading<T> read)
    {
        var head = new StateReader(bytes, new StateSchemas(types));
        StateSchemas schemas = StateSchemas.Read(types, ref head);
        var reader = new StateReader(bytes[head.Consumed..], schemas);
        T value = read(ref reader);
        return reader.IsAtEnd ? value : throw new StateException("Something is left.");
    }

    /// <summary>Bytes without a table.</summary>
    public static byte[] Raw(Writing write) => Raw(new StateSchemas(new StateTypes()), write);

    private static byte[] Raw(StateSchemas schemas, Writing write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(output, schemas);
        write(ref writer);
        writer.Flush();
        Assert.Equal(output.WrittenCount, writer.Written);
        return output.WrittenSpan.ToArray();
    }
}

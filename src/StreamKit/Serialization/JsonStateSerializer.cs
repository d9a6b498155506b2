using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamKit.Serialization;

/// <summary>Keeps values as JSON in UTF-8, each in bytes of its own.</summary>
internal sealed class JsonStateSerializer<T>(JsonTypeInfo<T> typeInfo, string schema) : StateSerializer<T>
{
    public override string Schema => schema;

    public override void Write(ref StateWriter writer, in T value) =>
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    public override T Read(ref StateReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes();
        try
        {
            return JsonSerializer.Deserialize(bytes, typeInfo)!; // Null is what was written as null.
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or StateException))
        {
            throw new StateException(
                $"The JSON of '{schema}' cannot be read as {TypeNames.Of(typeof(T))}: {exception.Message}", exception);
        }
    }
}

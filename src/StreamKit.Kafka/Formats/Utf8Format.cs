using System.Buffers;
using System.Text;

namespace StreamKit.Kafka.Formats;

/// <summary>Text in UTF-8, without a mark at its beginning.</summary>
internal sealed class Utf8Format : IKafkaFormat<string>
{
    // A text that cannot be written, or read, as it was would silently become another.
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool Serialize(string value, IBufferWriter<byte> output)
    {
        Strict.GetBytes(value, output);
        return true;
    }

    public string Deserialize(ReadOnlySpan<byte> data) => Strict.GetString(data);
}

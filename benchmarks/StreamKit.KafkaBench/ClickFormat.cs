using System.Diagnostics;
using StreamKit.Kafka;

namespace StreamKit.KafkaBench;

/// <summary>Reads clicks, and remembers when the first was read.</summary>
/// <remarks>
/// A client needs some tenths of a second until its first message, more with some settings than with others; what is
/// compared is what follows.
/// </remarks>
internal sealed class ClickFormat : IKafkaDeserializer<Click>
{
    private readonly IKafkaDeserializer<Click> _json = KafkaFormat.Json(BenchContext.Default.Click);

    /// <summary>When the first was read, by the stopwatch; 0 before.</summary>
    public long First { get; private set; }

    public Click Deserialize(ReadOnlySpan<byte> data)
    {
        if (First == 0)
        {
            First = Stopwatch.GetTimestamp();
        }

        return _json.Deserialize(data);
    }
}

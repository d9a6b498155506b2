using System.Globalization;
using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>The names of splits and positions.</summary>
internal static class SplitName
{
    public static string Of(string topic, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}");

    public static TopicPartition Parse(string split)
    {
        int slash = split.LastIndexOf('/');
        return new TopicPartition(split[..slash], int.Parse(split.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    public static string Position(long offset) => offset.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="KafkaStreamException">It is no position.</exception>
    public static long Offset(string position) =>
        long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? offset
            : throw new KafkaStreamException(
                $"'{position}' is no position in a partition of Kafka, which is a number.");
}

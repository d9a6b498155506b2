namespace StreamKit.Kafka.Reading;

/// <summary>Stands for keys that are not read.</summary>
internal readonly struct NoKey;

namespace StreamKit.KafkaBench;

/// <summary>What is read of an event; its JSON holds more, as events do.</summary>
internal readonly record struct Click
{
    public int Page { get; init; }

    public long Time { get; init; }
}

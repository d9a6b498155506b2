namespace StreamKit.Tests.Conformance.Notation;

/// <summary>A record of a scenario: a key, an event time, and where windows ask for it a number.</summary>
internal sealed record Mark(string Key, long At)
{
    /// <summary>Its own gap, or what tells that it ends its session; null: none is written.</summary>
    public long? Number { get; init; }

    public override string ToString() => $"{Key}{Ticks.Write(At)}{(Number is { } number ? $":{number}" : "")}";
}

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>A record of a scenario: a key and an event time.</summary>
internal sealed record Mark(string Key, long At)
{
    public override string ToString() => $"{Key}{Ticks.Write(At)}";
}

namespace StreamKit.Tests.Oracle;

/// <summary>One keyed element with its event time in ticks.</summary>
public readonly record struct OracleElement<TKey, TValue>(TKey Key, long Timestamp, TValue Value)
{
    public override string ToString() => $"{Key}@{Timestamp}#{Value}";
}

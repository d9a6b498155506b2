namespace StreamKit.Tests.Aggregation;

/// <summary>Records in parts that are aggregated apart and then merged.</summary>
public sealed record AggregateCase(Reading[] First, Reading[] Second, Reading[] Third)
{
    public override string ToString() =>
        $"[{string.Join(' ', First)}] [{string.Join(' ', Second)}] [{string.Join(' ', Third)}]";
}

namespace StreamKit.Tests.Oracle;

/// <summary>When a window fires besides at completion; the amount is in elements or ticks.</summary>
public sealed record OracleTrigger(OracleTriggerKind Kind, long Amount)
{
    public override string ToString() => $"{Kind} {Amount}";
}

namespace StreamKit.Tests.Generators;

/// <summary>Splits that come, report, fall silent and go, from one split on.</summary>
public sealed record SplitLife(IReadOnlyList<SplitStep> Steps)
{
    public override string ToString() => string.Join("; ", Steps);
}

namespace StreamKit.Tests.Generators;

/// <summary>A run of reports to a merged watermark of so many inputs; no input reports after it is done.</summary>
public sealed record MergeCase(int Inputs, IReadOnlyList<MergeStep> Steps)
{
    public override string ToString() => $"{Inputs} inputs: {string.Join("; ", Steps)}";
}

namespace StreamKit.Tests.Generators;

/// <summary>
/// A stream whose watermarks run ahead of its disorder, so that elements come late and some are dropped.
/// </summary>
public sealed record HastyStreamCase(StreamCase Case)
{
    public override string ToString() => $"hasty {Case}";
}

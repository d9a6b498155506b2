namespace StreamKit.Tests.Generators;

/// <summary>The same over a stream whose watermarks run ahead of its disorder.</summary>
public sealed record HastyCappedCase(CappedCase Case)
{
    public override string ToString() => $"hasty {Case}";
}

namespace StreamKit.Tests.Generators;

/// <summary>
/// One step of a life of splits; it means the split whose number is the choice modulo those that live.
/// </summary>
public readonly record struct SplitStep(SplitSignal Signal, int Choice, long Value)
{
    public override string ToString() => $"{Signal} #{Choice} ({Value})";
}

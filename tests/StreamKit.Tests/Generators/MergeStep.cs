namespace StreamKit.Tests.Generators;

/// <summary>One report of one input; the value counts only for a watermark.</summary>
public readonly record struct MergeStep(int Input, MergeSignal Signal, long Value)
{
    public override string ToString() =>
        Signal == MergeSignal.Watermark ? $"in{Input}={Value}" : $"in{Input} {Signal}";
}

using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Tests.Generators;

/// <summary>Generators of reports to a merged watermark.</summary>
internal static class MergeGenerators
{
    public static Gen<MergeCase> Cases { get; } =
        from inputs in Gen.Choose(1, 4)
        from steps in Gen.ListOf(Step(inputs))
        select new MergeCase(inputs, [.. WithoutReportsAfterDone(steps)]);

    /// <summary>Fewer reports, the rest as they were.</summary>
    public static IEnumerable<MergeCase> Shrink(MergeCase merge) =>
        Enumerable.Range(0, merge.Steps.Count)
            .Select(at => merge with { Steps = [.. merge.Steps.Where((_, index) => index != at)] });

    private static Gen<MergeStep> Step(int inputs) =>
        from input in Gen.Choose(0, inputs - 1)
        from signal in Gen.Frequency(
            (6, Gen.Constant(MergeSignal.Watermark)),
            (3, Gen.Constant(MergeSignal.Idle)),
            (2, Gen.Constant(MergeSignal.Active)),
            (1, Gen.Constant(MergeSignal.Done)))
        from value in Gen.Choose(-50, 50)
        select new MergeStep(input, signal, value);

    private static IEnumerable<MergeStep> WithoutReportsAfterDone(IEnumerable<MergeStep> steps)
    {
        var done = new HashSet<int>();
        foreach (MergeStep step in steps)
        {
            if (done.Contains(step.Input))
            {
                continue;
            }

            yield return step;
            if (step.Signal == MergeSignal.Done)
            {
                done.Add(step.Input);
            }
        }
    }
}

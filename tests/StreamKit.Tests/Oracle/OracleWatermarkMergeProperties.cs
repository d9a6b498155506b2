using FsCheck.Xunit;
using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

[Properties(Arbitrary = [typeof(StreamArbitraries)], MaxTest = 500)]
public class OracleWatermarkMergeProperties
{
    [Property]
    public void TheOutputNeverFallsAndNeverPassesWhatSomeInputSaid(MergeCase reports)
    {
        var merge = new OracleWatermarkMerge(reports.Inputs);
        IReadOnlyList<long> outputs = OracleReplay.Run(merge, reports.Steps);

        Assert.Equal(outputs.Order(), outputs);
        long greatest = reports.Steps
            .Where(s => s.Signal == MergeSignal.Watermark)
            .Select(s => s.Value)
            .DefaultIfEmpty(OracleTime.Min)
            .Max();
        Assert.True(merge.IsDone || merge.Output <= greatest);
    }

    [Property]
    public void WhenAllInputsEndTheOutputIsTheEndOfTime(MergeCase reports)
    {
        var merge = new OracleWatermarkMerge(reports.Inputs);
        OracleReplay.Run(merge, reports.Steps);
        var done = reports.Steps.Where(s => s.Signal == MergeSignal.Done).Select(s => s.Input);
        foreach (int input in Enumerable.Range(0, reports.Inputs).Except(done))
        {
            Assert.False(merge.IsDone);
            merge.Done(input);
        }

        Assert.Equal(OracleTime.Max, merge.Output);
        Assert.True(merge.IsDone);
    }

    [Property]
    public void WhileAllInputsStayActiveTheOutputIsTheirMinimum(MergeCase reports)
    {
        var merge = new OracleWatermarkMerge(reports.Inputs);
        long[] seen = [.. Enumerable.Repeat(OracleTime.Min, reports.Inputs)];
        foreach (MergeStep step in reports.Steps.Where(s => s.Signal == MergeSignal.Watermark))
        {
            seen[step.Input] = Math.Max(seen[step.Input], step.Value);
            Assert.Equal(seen.Min(), merge.Watermark(step.Input, step.Value));
        }
    }

    [Property]
    public void OnceAllAreIdleTheOutputIsTheGreatestOfThoseThatHaveNotEnded(MergeCase reports, bool fromTheLast)
    {
        var merge = new OracleWatermarkMerge(reports.Inputs);
        OracleReplay.Run(merge, reports.Steps);
        var done = reports.Steps.Where(s => s.Signal == MergeSignal.Done).Select(s => s.Input).ToHashSet();
        var left = Enumerable.Range(0, reports.Inputs).Where(i => !done.Contains(i)).ToList();
        if (left.Count == 0)
        {
            return;
        }

        long before = merge.Output;
        foreach (int input in fromTheLast ? left.AsEnumerable().Reverse() : left)
        {
            merge.Idle(input);
        }

        long greatest = reports.Steps
            .Where(s => s.Signal == MergeSignal.Watermark && left.Contains(s.Input))
            .Select(s => s.Value)
            .DefaultIfEmpty(OracleTime.Min)
            .Max();
        Assert.Equal(Math.Max(before, greatest), merge.Output);
        Assert.True(merge.IsIdle);
    }
}

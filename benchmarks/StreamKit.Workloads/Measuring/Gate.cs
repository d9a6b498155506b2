namespace StreamKit.Workloads.Measuring;

/// <summary>
/// Decides whether measurements are good enough to pass a build; seconds never decide, they depend on the machine.
/// </summary>
internal static class Gate
{
    /// <summary>Says what is wrong, one sentence each; nothing when all is well.</summary>
    public static IEnumerable<string> Complaints(Measurement measurement, bool isGate)
    {
        string subject = $"{measurement.Engine} on {measurement.Workload}";
        if (!measurement.ChecksumEqualsFloor)
        {
            yield return $"{subject}: the result {measurement.Checksum} differs from the floor's";
        }

        if (isGate && !measurement.AllocatesWithinLimit)
        {
            yield return FormattableString.Invariant(
                $"{subject}: {measurement.BytesPerEvent:0.00} bytes allocated per event, ")
                + FormattableString.Invariant($"more than the {measurement.BytesPerEventLimit:0.00} allowed");
        }

        if (isGate && !measurement.IsFastEnough)
        {
            yield return FormattableString.Invariant(
                $"{subject}: {measurement.RatioToFloor:0.000} of the floor's speed, ")
                + FormattableString.Invariant($"less than the {measurement.LeastRatio:0.000} demanded");
        }
    }
}

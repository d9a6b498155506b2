using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>
/// A keyed stream in arrival order, the windows to cut it into, and everything that happens on the way.
/// </summary>
/// <remarks>
/// Positions count the elements that arrived before. Values number the elements in the generated order.
/// </remarks>
public sealed record StreamCase
{
    public required IReadOnlyList<OracleElement<int, int>> Elements { get; init; }

    /// <summary>
    /// How far, in ticks, an element may trail the greatest timestamp before it; exactly so far is allowed.
    /// </summary>
    public required long Bound { get; init; }

    public required OracleShape Shape { get; init; }

    public required long Lateness { get; init; }

    public required OracleMode Mode { get; init; }

    /// <summary>By position; one before the first element says nothing and is left out of the steps.</summary>
    public IReadOnlyList<WatermarkStep> Watermarks { get; init; } = [];

    /// <summary>Positions, ascending.</summary>
    public IReadOnlyList<int> EarlyFirings { get; init; } = [];

    /// <summary>Positions at which a batch ends though nothing else happens, ascending.</summary>
    public IReadOnlyList<int> BatchCuts { get; init; } = [];

    /// <summary>Whether no watermark promises more than the bound allows, so that nothing can be late.</summary>
    public bool IsHonest => Watermarks.All(w => w.LagTicks >= Bound);

    /// <summary>The case as a script, which ends with the watermark at the end of time.</summary>
    public IEnumerable<StreamStep> Steps()
    {
        long greatest = OracleTime.Min;
        var batch = new List<OracleElement<int, int>>();
        for (int position = 0; position <= Elements.Count; position++)
        {
            List<StreamStep> signals = Signals(position, greatest);
            if (batch.Count > 0 && (signals.Count > 0 || BatchCuts.Contains(position) || position == Elements.Count))
            {
                yield return new StreamStep.Batch(batch);
                batch = [];
            }

            foreach (StreamStep signal in signals)
            {
                yield return signal;
            }

            if (position < Elements.Count)
            {
                batch.Add(Elements[position]);
                greatest = Math.Max(greatest, Elements[position].Timestamp);
            }
        }

        yield return new StreamStep.Watermark(OracleTime.Max);
    }

    public override string ToString() =>
        $"{Shape}, lateness {Lateness}, {Mode}, bound {Bound}: {string.Join(" ", Steps())}";

    private List<StreamStep> Signals(int position, long greatest)
    {
        IEnumerable<StreamStep> watermarks = Watermarks
            .Where(w => w.AfterElements == position && greatest != OracleTime.Min)
            .Select(w => new StreamStep.Watermark(OracleTime.Subtract(greatest, w.LagTicks)));
        return EarlyFirings.Contains(position) ? [.. watermarks, new StreamStep.FireEarly()] : [.. watermarks];
    }
}

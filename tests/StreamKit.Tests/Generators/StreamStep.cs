using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>One thing that an operator under test is given: a batch, a watermark, or the order to fire early.</summary>
public abstract record StreamStep
{
    private StreamStep()
    {
    }

    /// <summary>Elements to be handed over together; never empty.</summary>
    public sealed record Batch(IReadOnlyList<OracleElement<int, int>> Elements) : StreamStep
    {
        public override string ToString() => $"[{string.Join(" ", Elements)}]";
    }

    /// <summary>No later element promises to lie below the value.</summary>
    public sealed record Watermark(long Value) : StreamStep
    {
        public override string ToString() => Value == OracleTime.Max ? "W=MAX" : $"W={Value}";
    }

    /// <summary>Every incomplete window with new content fires.</summary>
    public sealed record FireEarly : StreamStep
    {
        public override string ToString() => "EARLY";
    }
}

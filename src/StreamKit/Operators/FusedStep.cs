namespace StreamKit.Operators;

/// <summary>One of the selectors that an operator calls for each record, one after the other.</summary>
internal sealed class FusedStep(OperatorContext context)
{
    public OperatorContext Context { get; } = context;

    /// <summary>How many records of the batch at hand failed here.</summary>
    public int Failed { get; set; }
}

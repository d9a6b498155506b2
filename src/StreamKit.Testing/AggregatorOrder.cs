namespace StreamKit.Testing;

/// <summary>Whether the result of an aggregator may depend on the order in which records come.</summary>
public enum AggregatorOrder
{
    /// <summary>It must not.</summary>
    Irrelevant,

    /// <summary>It may, and the aggregator says so; the laws are checked with records in the order given.</summary>
    Relevant,
}

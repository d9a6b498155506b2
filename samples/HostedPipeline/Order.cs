namespace HostedPipeline;

/// <summary>An invented order of a web shop.</summary>
internal sealed record Order(long Number, DateTimeOffset Time, string Country, string Currency, decimal Amount)
{
    /// <summary>What it is worth in euro; zero while that has not been worked out.</summary>
    public decimal Euros { get; init; }
}

using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The straight line through pairs of numbers with the least squared distance in <c>y</c>.</summary>
[StateSerializer(typeof(LinearTrendSerializer))]
public readonly record struct LinearTrend
{
    /// <summary>A line.</summary>
    /// <param name="slope">How much <c>y</c> grows when <c>x</c> grows by one.</param>
    /// <param name="intercept">The <c>y</c> at an <c>x</c> of zero.</param>
    /// <param name="count">How many pairs it goes through.</param>
    public LinearTrend(double slope, double intercept, long count) =>
        (Slope, Intercept, Count) = (slope, intercept, count);

    /// <summary>
    /// How much <c>y</c> grows when <c>x</c> grows by one; not a number where fewer than two <c>x</c> differ.
    /// </summary>
    public double Slope { get; }

    /// <summary>The <c>y</c> at an <c>x</c> of zero; not a number where the slope is none.</summary>
    public double Intercept { get; }

    /// <summary>How many pairs the line goes through.</summary>
    public long Count { get; }
}

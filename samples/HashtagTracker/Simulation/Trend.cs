namespace HashtagTracker.Simulation;

/// <summary>A tag that rises along a logistic curve to its peak and then decays by halves.</summary>
internal readonly record struct Trend(Tag Tag, long StartTicks, double RiseTicks, double HalfLifeTicks, double Peak)
{
    // The rise is the part of the logistic curve from 2 to 98 percent.
    private const double Steepness = 8;
    private const double HalvingsUntilForgotten = 7;

    /// <summary>The trend's weight at a time, where all everyday tags together weigh 1.</summary>
    public double WeightAt(long ticks)
    {
        double age = ticks - StartTicks;
        double rise = 1 / (1 + Math.Exp(Steepness * (0.5 - (age / RiseTicks))));
        return age <= RiseTicks ? Peak * rise : Peak * rise * Math.Pow(2, (RiseTicks - age) / HalfLifeTicks);
    }

    public bool IsForgottenAt(long ticks) => ticks - StartTicks > RiseTicks + (HalvingsUntilForgotten * HalfLifeTicks);
}

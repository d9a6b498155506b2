namespace StreamKit.Twitter;

/// <summary>How fast a recording is replayed.</summary>
public readonly record struct ReplaySpeed
{
    private ReplaySpeed(double factor) => Factor = factor;

    /// <summary>Every post goes as soon as it is read and there is room for it. The default.</summary>
    public static ReplaySpeed AsFastAsPossible => default;

    /// <summary>Posts go at the intervals at which they were created.</summary>
    public static ReplaySpeed RealTime => new(1);

    /// <summary>
    /// How many times faster than time went by when the posts were created; null: not held back at all.
    /// </summary>
    public double? Factor { get; }

    /// <summary>Posts go at their intervals, divided by a factor.</summary>
    /// <param name="factor">The factor, finite and more than zero: 10 plays an hour in six
    /// minutes, 0.5 in two hours.</param>
    public static ReplaySpeed Times(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        return double.IsFinite(factor)
            ? new(factor)
            : throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be a finite number.");
    }
}

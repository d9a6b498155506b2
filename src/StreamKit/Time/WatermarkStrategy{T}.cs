namespace StreamKit.Time;

/// <summary>How the watermark of a stream of <typeparamref name="T"/> is made, split by split.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>Immutable. Made by <c>Watermarks</c>, or by conversion from a <see cref="WatermarkStrategy"/>.</remarks>
public sealed class WatermarkStrategy<T>
{
    private readonly Func<SplitWatermark<T>> _create;

    internal WatermarkStrategy(Func<SplitWatermark<T>> create, WatermarkOptions options) =>
        (_create, Options) = (create, options);

    internal WatermarkOptions Options { get; }

    /// <summary>The same strategy for records of this type.</summary>
    /// <param name="strategy">A strategy that looks at timestamps alone.</param>
    public static implicit operator WatermarkStrategy<T>(WatermarkStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return strategy.For<T>();
    }

    /// <inheritdoc cref="WatermarkStrategy.WithIdleness"/>
    public WatermarkStrategy<T> WithIdleness(TimeSpan after) => new(_create, Options.WithIdleness(after));

    /// <inheritdoc cref="WatermarkStrategy.WithFutureGuard"/>
    public WatermarkStrategy<T> WithFutureGuard(TimeSpan skew, FuturePolicy policy = FuturePolicy.Keep) =>
        new(_create, Options.WithFutureGuard(skew, policy));

    /// <inheritdoc cref="WatermarkStrategy.AdvanceWhenSilent"/>
    public WatermarkStrategy<T> AdvanceWhenSilent(TimeSpan after) => new(_create, Options.AdvanceWhenSilent(after));

    /// <inheritdoc cref="WatermarkStrategy.WithAlignment"/>
    public WatermarkStrategy<T> WithAlignment(string group, TimeSpan maxDrift) =>
        new(_create, Options.WithAlignment(group, maxDrift));

    internal SplitWatermark<T> CreateGenerator() => _create();
}

namespace StreamKit.Time;

/// <summary>
/// How a stream's watermark is made from timestamps alone; converts to the strategy of any record type.
/// </summary>
/// <remarks>Immutable. Made by <c>Watermarks</c>.</remarks>
public sealed class WatermarkStrategy
{
    private readonly long _boundTicks;
    private readonly WatermarkOptions _options;

    internal WatermarkStrategy(long boundTicks, WatermarkOptions options = default) =>
        (_boundTicks, _options) = (boundTicks, options);

    /// <summary>Lets a split that has been silent stop holding the watermark back.</summary>
    /// <param name="after">
    /// The silence, longer than zero. It is measured on a clock that stands while the split is held by back-pressure.
    /// </param>
    /// <remarks>Default: a silent split holds the watermark for ever.</remarks>
    public WatermarkStrategy WithIdleness(TimeSpan after) => new(_boundTicks, _options.WithIdleness(after));

    /// <summary>Keeps records with a timestamp far in the future from moving the watermark.</summary>
    /// <param name="skew">How far ahead of the clock a timestamp may lie; not negative.</param>
    /// <param name="policy">What happens to a record beyond it.</param>
    /// <remarks>Default: no guard, so one device with a fast clock makes every honest record late.</remarks>
    public WatermarkStrategy WithFutureGuard(TimeSpan skew, FuturePolicy policy = FuturePolicy.Keep) =>
        new(_boundTicks, _options.WithFutureGuard(skew, policy));

    internal WatermarkStrategy<T> For<T>() => new(() => new BoundedOutOfOrderness<T>(_boundTicks), _options);
}

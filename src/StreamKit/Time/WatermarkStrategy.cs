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

    /// <summary>Lets time go on by the clock when nothing comes at all, so that the last windows close.</summary>
    /// <param name="after">How long the silence of all splits must have lasted; longer than zero.</param>
    /// <remarks>
    /// <para>
    /// From then on the watermark advances from its last value as fast as the clock, but never further than the highest
    /// timestamp so far plus the silence. While no split's record has made a watermark, it stays unknown. Silence is
    /// measured on a clock that stands while the source is held by back-pressure or by alignment.
    /// </para>
    /// <para>
    /// Default: off, because with it results depend on the clock: a record that comes after a silence may be late
    /// although the same records in one run would not be. Its reason is
    /// <c>LateReason.IdleInputRejoined</c>.
    /// </para>
    /// </remarks>
    public WatermarkStrategy AdvanceWhenSilent(TimeSpan after) => new(_boundTicks, _options.AdvanceWhenSilent(after));

    /// <summary>Keeps the splits of several sources together: one that runs ahead is not read until the others have
    /// caught up.</summary>
    /// <param name="group">The name of the group; all splits of the job with this name are held together.</param>
    /// <param name="maxDrift">
    /// How far the watermark of a split may be ahead of the slowest of the group; not negative. Each batch is read
    /// whole, so a split is ahead by at most this and one batch.
    /// </param>
    /// <remarks>
    /// A split that is idle or has ended holds nobody; one that has not had a record yet holds all. The time that a
    /// split is held does not count as its silence. Default: every split is read as fast as the pipeline takes it, and
    /// what a fast one is ahead of the slowest waits in open windows.
    /// </remarks>
    public WatermarkStrategy WithAlignment(string group, TimeSpan maxDrift) =>
        new(_boundTicks, _options.WithAlignment(group, maxDrift));

    internal WatermarkStrategy<T> For<T>() =>
        new(() => new BoundedOutOfOrderness<T>(_boundTicks), _options with { BoundTicks = _boundTicks });
}

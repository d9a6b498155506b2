using StreamKit.Testing.Running;
using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <summary>Checks that an assigner of windows keeps the laws on which the engine relies.</summary>
/// <remarks>
/// Every window contains the event time of its record; a record has no window twice, and no more than the limit; the
/// windows depend on nothing but the record and its event time. Of windows that merge: asking the other way round gives
/// the same, a window merges with itself, and which windows there are in the end does not depend on the order of
/// merging. The event times are generated: around 1970 and around one another, far ones, negative ones, and both ends
/// of event time.
/// </remarks>
public static class WindowAssignerLaws
{
    /// <summary>Checks an assigner with samples at generated event times.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="assigner">The assigner.</param>
    /// <param name="samples">At least one record; among them all kinds that the assigner tells apart.</param>
    /// <param name="maxWindowsPerRecord">How many windows one record may have. Default: 100,000.</param>
    /// <param name="seed">The seed of the event times. Default: 1.</param>
    /// <exception cref="StreamTestException">A law is broken; the message names it, the record and the
    /// event time.</exception>
    public static void Check<T>(
        IWindowAssigner<T> assigner,
        IReadOnlyList<T> samples,
        int maxWindowsPerRecord = 100_000,
        int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(assigner);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxWindowsPerRecord);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count, nameof(samples));
        TimeSpan granularity = assigner.Granularity;
        if (granularity < TimeSpan.Zero)
        {
            throw new StreamTestException(
                $"The granularity is not negative: broken by {assigner.GetType().Name}, which says {granularity}.");
        }

        var fixedAssigner = new RecordAssigner<T>(assigner, maxWindowsPerRecord, granularity.Ticks);
        WindowCollector collector = fixedAssigner.CreateCollector();
        new AssignmentCheck<T>(
            assigner.GetType().Name,
            (record, ticks) => [.. fixedAssigner.Assign(in record, ticks, collector)]).Run(samples, new Random(seed));
    }

    /// <summary>Checks an assigner whose windows merge with samples at generated event times.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="assigner">The assigner.</param>
    /// <param name="samples">At least one record; among them all kinds that the assigner tells apart.</param>
    /// <param name="seed">The seed of the event times. Default: 1.</param>
    /// <exception cref="StreamTestException">A law is broken; the message names it, the record and the
    /// event time.</exception>
    public static void Check<T>(IMergingWindowAssigner<T> assigner, IReadOnlyList<T> samples, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(assigner);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count, nameof(samples));
        var random = new Random(seed);
        var merging = new MergingAssigner<T>(assigner);
        new AssignmentCheck<T>(
            assigner.GetType().Name,
            (record, ticks) => [merging.Assign(in record, ticks)]).Run(samples, random);
        new MergeCheck<T>(assigner).Run(samples, random);
    }
}

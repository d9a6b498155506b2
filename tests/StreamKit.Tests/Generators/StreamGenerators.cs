using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>Streams that go where event-time engines fail: ties, negative and far-apart times, exact bounds.</summary>
internal static class StreamGenerators
{
    // The oracle looks at every open window for every element, so longer streams cost more than they find.
    private const int MostElements = 30;
    private const long FarTicks = 1_000_000_000_000_000;

    /// <summary>Tumbling, hopping at any ratio (also with gaps), sessions; any offset, also beyond the size.</summary>
    public static Gen<OracleShape> Shapes { get; } = Gen.OneOf(
        from size in Length(15)
        from offset in Ticks(-20, 20)
        select OracleShape.Tumbling(size, offset),
        from size in Length(15)
        from slide in Length(15)
        from offset in Ticks(-20, 20)
        select OracleShape.Hopping(size, slide, offset),
        from gap in Length(10)
        select OracleShape.Session(gap));

    public static Gen<OracleMode> Modes { get; } = Gen.Elements(Enum.GetValues<OracleMode>());

    /// <summary>Streams whose watermarks never promise more than the bound.</summary>
    public static Gen<StreamCase> Honest { get; } =
        from stream in Streams()
        from watermarks in Watermarks(stream.Elements.Count, HonestLags(stream.Bound))
        select stream with { Watermarks = watermarks };

    /// <summary>
    /// Streams whose watermarks stand anywhere from a full bound behind to far ahead of what was seen.
    /// </summary>
    public static Gen<HastyStreamCase> Hasty { get; } =
        from stream in Streams()
        from watermarks in Watermarks(stream.Elements.Count, HastyLags((int)stream.Bound))
        select new HastyStreamCase(stream with { Watermarks = watermarks });

    /// <summary>The same stream in hopping windows that overlap, without early results.</summary>
    public static Gen<StreamCase> Overlapping(StreamCase stream) =>
        from size in Ticks(2, 20)
        from slide in Ticks(1, (int)size - 1)
        from offset in Ticks(-20, 20)
        select stream with { Shape = OracleShape.Hopping(size, slide, offset), EarlyFirings = [] };

    private static Gen<StreamCase> Streams() =>
        from bound in Gen.Frequency((2, Gen.Constant(0L)), (6, Ticks(1, 8)), (1, Ticks(50, 500)))
        from elements in Arrivals(bound)
        from shape in Shapes
        from lateness in Gen.Frequency((1, Gen.Constant(0L)), (2, Ticks(1, 12)), (1, Ticks(10, 60)))
        from mode in Modes
        from early in Gen.Frequency((1, Gen.Constant(new List<int>())), (1, Positions(elements.Length)))
        from cuts in Positions(elements.Length)
        select new StreamCase
        {
            Elements = elements,
            Bound = bound,
            Shape = shape,
            Lateness = lateness,
            Mode = mode,
            EarlyFirings = early,
            BatchCuts = cuts,
        };

    // Delaying each element by at most the bound and sorting by the delayed time is exactly bounded disorder: an
    // element can trail another by the bound, when only the earlier one is delayed and the tie falls that way.
    private static Gen<OracleElement<int, int>[]> Arrivals(long bound) =>
        from count in Gen.Sized(size => Gen.Choose(0, Math.Min(size, MostElements)))
        from timestamps in Landscapes()
        from keys in Gen.Elements(1, 2, 4)
        from drafts in Gen.ArrayOf(Draft(keys, timestamps, bound), count)
        select drafts
            .OrderBy(d => d.Timestamp + d.Delay)
            .ThenBy(d => d.Tie)
            .Select((d, index) => new OracleElement<int, int>(d.Key, d.Timestamp, index))
            .ToArray();

    private static Gen<(int Key, long Timestamp, long Delay, int Tie)> Draft(
        int keys, Gen<long> timestamps, long bound) =>
        from key in Gen.Choose(0, keys - 1)
        from timestamp in timestamps
        from delay in Gen.OneOf(Gen.Constant(0L), Gen.Constant(bound), Ticks(0, (int)bound))
        from tie in Gen.Choose(0, 1000)
        select (key, timestamp, delay, tie);

    private static Gen<Gen<long>> Landscapes()
    {
        Gen<long> crowded = Ticks(-12, 12);
        Gen<long> dense = Ticks(-40, 40);
        Gen<long> sparse = Ticks(-2000, 2000);
        Gen<long> far = Gen.OneOf(dense, dense.Select(t => t + FarTicks), dense.Select(t => t - FarTicks));
        return Gen.Frequency(
            (3, Gen.Constant(crowded)), (3, Gen.Constant(dense)), (1, Gen.Constant(sparse)), (1, Gen.Constant(far)));
    }

    private static Gen<long> HonestLags(long bound) =>
        Gen.Frequency((4, Gen.Constant(bound)), (1, Ticks(0, 10).Select(extra => bound + extra)));

    // Mostly a little too fast, so that late elements still meet live windows; sometimes so far that all is expired.
    private static Gen<long> HastyLags(int bound) =>
        Gen.Frequency((2, Ticks(-3, Math.Min(bound, 3))), (1, Ticks(-25, bound)));

    private static Gen<IReadOnlyList<WatermarkStep>> Watermarks(int count, Gen<long> lags) =>
        from positions in Gen.OneOf(Positions(count), Gen.Constant(Enumerable.Range(0, count + 1).ToList()))
        from chosen in Gen.ArrayOf(lags, positions.Count)
        select (IReadOnlyList<WatermarkStep>)[.. positions.Zip(chosen, (at, lag) => new WatermarkStep(at, lag))];

    private static Gen<List<int>> Positions(int count) =>
        Gen.SubListOf(Enumerable.Range(0, count + 1)).Select(positions => positions.Order().ToList());

    private static Gen<long> Length(int most) => Gen.Frequency((1, Gen.Constant(1L)), (6, Ticks(1, most)));

    private static Gen<long> Ticks(int least, int most) => Gen.Choose(least, most).Select(ticks => (long)ticks);
}

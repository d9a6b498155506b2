using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>
/// Makes a failing stream smaller: fewer elements and signals first, then plainer settings and times.
/// </summary>
/// <remarks>No step breaks the bound, so an honest stream stays honest.</remarks>
internal static class StreamShrinker
{
    public static IEnumerable<StreamCase> Shrink(StreamCase stream) =>
    [
        .. FewerElements(stream), .. FewerSignals(stream), .. PlainerSettings(stream), .. PlainerElements(stream),
    ];

    private static IEnumerable<StreamCase> FewerElements(StreamCase stream)
    {
        for (int length = stream.Elements.Count; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= stream.Elements.Count; start += length)
            {
                yield return Without(stream, start, length);
            }
        }
    }

    private static StreamCase Without(StreamCase stream, int start, int length)
    {
        int Moved(int position) => position <= start ? position : Math.Max(start, position - length);
        return stream with
        {
            Elements = [.. stream.Elements.Take(start), .. stream.Elements.Skip(start + length)],
            Watermarks = [.. stream.Watermarks.Select(w => w with { AfterElements = Moved(w.AfterElements) })],
            EarlyFirings = [.. stream.EarlyFirings.Select(Moved).Distinct()],
            BatchCuts = [.. stream.BatchCuts.Select(Moved).Distinct()],
        };
    }

    private static IEnumerable<StreamCase> FewerSignals(StreamCase stream)
    {
        if (stream.BatchCuts.Count > 0)
        {
            yield return stream with { BatchCuts = [] };
        }

        foreach (IReadOnlyList<int> fewer in Fewer(stream.BatchCuts))
        {
            yield return stream with { BatchCuts = fewer };
        }

        foreach (IReadOnlyList<int> fewer in Fewer(stream.EarlyFirings))
        {
            yield return stream with { EarlyFirings = fewer };
        }

        foreach (IReadOnlyList<WatermarkStep> fewer in Fewer(stream.Watermarks))
        {
            yield return stream with { Watermarks = fewer };
        }
    }

    private static IEnumerable<IReadOnlyList<T>> Fewer<T>(IReadOnlyList<T> all) =>
        Enumerable.Range(0, all.Count).Select(at => all.Where((_, index) => index != at).ToList());

    private static IEnumerable<StreamCase> PlainerSettings(StreamCase stream)
    {
        if (stream.Mode != OracleMode.Accumulating)
        {
            yield return stream with { Mode = OracleMode.Accumulating };
        }

        if (stream.Lateness > 0)
        {
            yield return stream with { Lateness = 0 };
            yield return stream with { Lateness = stream.Lateness - 1 };
        }

        if (stream.Shape.Offset != 0)
        {
            yield return stream with { Shape = stream.Shape with { Offset = 0 } };
        }
    }

    private static IEnumerable<StreamCase> PlainerElements(StreamCase stream)
    {
        if (stream.Elements.Any(e => e.Key != 0))
        {
            yield return stream with { Elements = [.. stream.Elements.Select(e => e with { Key = 0 })] };
        }

        // Moving all times alike and halving them rounded down both keep every distance within the bound.
        long first = stream.Elements.Count == 0 ? 0 : stream.Elements.Min(e => e.Timestamp);
        if (first != 0)
        {
            yield return WithTimes(stream, t => t - first);
        }

        if (first == 0 && stream.Elements.Any(e => e.Timestamp != 0))
        {
            yield return WithTimes(stream, t => t >> 1);
        }
    }

    private static StreamCase WithTimes(StreamCase stream, Func<long, long> change) => stream with
    {
        Elements = [.. stream.Elements.Select(e => e with { Timestamp = change(e.Timestamp) })],
    };
}

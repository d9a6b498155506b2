using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Tests.Aggregation;

/// <summary>
/// Parts that are empty, small and large, so that sketches are met in each of their forms and merged in every
/// combination.
/// </summary>
public static class AggregateArbitraries
{
    private static readonly Gen<double> Numbers = Gen.Frequency(
        (6, Gen.Choose(-1_000, 1_000).Select(static n => n / 8.0)),
        (2, Gen.Choose(1, 1_000_000).Select(static n => 1e9 + (n / 1024.0))),
        (1, Gen.Constant(0.0)),
        (1, Gen.Choose(-9, 9).Select(static n => Math.Pow(10, n))));

    private static readonly Gen<Reading> Readings =
        from x in Numbers
        from y in Numbers
        from word in Gen.Choose(0, 40)
        from ticks in Gen.Choose(-50, 50)
        select new Reading(x, y, $"word {word}", ticks);

    private static readonly Gen<Reading[]> Parts = Gen.Frequency(
        (1, Gen.Constant(Array.Empty<Reading>())),
        (3, Gen.Choose(1, 8).SelectMany(static n => Readings.ArrayOf(n))),
        (3, Gen.Choose(20, 120).SelectMany(static n => Readings.ArrayOf(n))));

    public static Arbitrary<AggregateCase> Cases() => Arb.From(
        from first in Parts
        from second in Parts
        from third in Parts
        select new AggregateCase(first, second, third),
        Shrink);

    private static IEnumerable<AggregateCase> Shrink(AggregateCase parts) =>
    [
        .. Shorter(parts.First).Select(first => parts with { First = first }),
        .. Shorter(parts.Second).Select(second => parts with { Second = second }),
        .. Shorter(parts.Third).Select(third => parts with { Third = third }),
    ];

    private static IEnumerable<Reading[]> Shorter(Reading[] part)
    {
        if (part.Length > 1)
        {
            yield return part[..(part.Length / 2)];
            yield return part[(part.Length / 2)..];
        }

        if (part.Length > 0)
        {
            yield return part[1..];
        }
    }
}

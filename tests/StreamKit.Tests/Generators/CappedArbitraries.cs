using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>Capped sessions over honest and hasty streams.</summary>
public static class CappedArbitraries
{
    // From caps below the gap to caps that hold several gaps, so that chains of cut sessions arise.
    private static readonly Gen<OracleSessionCaps> Caps =
        from gap in Gen.Choose(1, 10)
        from most in Gen.Frequency(
            (1, Gen.Constant(OracleTime.Max)),
            (6, Gen.Choose(1, 25).Select(most => (long)most)))
        from every in Gen.Elements(0, 0, 1, 2, 3, 5)
        select new OracleSessionCaps(gap, most, every);

    public static Arbitrary<CappedCase> Honest() => Arb.From(
        from stream in StreamGenerators.Honest from caps in Caps select new CappedCase(stream, caps),
        Shrink);

    public static Arbitrary<HastyCappedCase> Hasty() => Arb.From(
        from hasty in StreamGenerators.Hasty
        from caps in Caps
        select new HastyCappedCase(new CappedCase(hasty.Case, caps)),
        hasty => Shrink(hasty.Case).Select(smaller => new HastyCappedCase(smaller)));

    private static IEnumerable<CappedCase> Shrink(CappedCase capped)
    {
        foreach (StreamCase smaller in StreamShrinker.Shrink(capped.Stream))
        {
            yield return capped with { Stream = smaller };
        }

        if (capped.Caps.MarkEvery > 0)
        {
            yield return capped with { Caps = capped.Caps with { MarkEvery = 0 } };
        }

        if (capped.Caps.MaxDuration < OracleTime.Max)
        {
            yield return capped with { Caps = capped.Caps with { MaxDuration = OracleTime.Max } };
        }
    }
}

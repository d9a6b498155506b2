using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>Joins of any kind over streams that come late, in all windows that a join can have.</summary>
public static class JoinArbitraries
{
    public static Arbitrary<JoinCase> Joins() => Arb.From(
        from hasty in StreamGenerators.Hasty
        from kind in Gen.Elements(Enum.GetValues<OracleJoinKind>())
        from deal in Gen.Frequency((8, Gen.Choose(2, 1000)), (1, Gen.Choose(0, 1)))
        select new JoinCase(Fit(hasty.Case), kind, deal),
        join => StreamShrinker.Shrink(join.Stream).Select(smaller => join with { Stream = Fit(smaller) }));

    // A join has no sessions; their place is taken by the one window over everything.
    private static StreamCase Fit(StreamCase stream) => stream with
    {
        EarlyFirings = [],
        Shape = stream.Shape.Kind == OracleShapeKind.Session ? OracleShape.Global() : stream.Shape,
    };
}

using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>Hasty streams with every trigger before completion and after it.</summary>
internal static class TriggeredGenerators
{
    public static Arbitrary<TriggeredCase> Cases() => Arb.From(Any, Shrink);

    /// <summary>Cases over sessions only.</summary>
    public static Arbitrary<TriggeredCase> Sessions() => Arb.From(
        Any.Select(c => c with
        {
            Stream = c.Stream with { Shape = OracleShape.Session(Math.Min(c.Stream.Shape.Size, 10)) },
        }),
        Shrink);

    private static Gen<OracleTrigger?> Triggers { get; } =
        from kind in Gen.Elements(Enum.GetValues<OracleTriggerKind>())
        from amount in Gen.Choose(1, 8)
        from isThere in Gen.Frequency((1, Gen.Constant(false)), (4, Gen.Constant(true)))
        select isThere ? new OracleTrigger(kind, amount) : null;

    private static Gen<TriggeredCase> Any { get; } =
        from hasty in StreamGenerators.Hasty
        from global in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        from early in Triggers
        from late in Triggers
        from advance in Gen.Choose(1, 6)
        from ownGaps in Gen.Elements(true, false)
        select new TriggeredCase(global ? hasty.Case with { Shape = OracleShape.Global() } : hasty.Case)
        {
            Early = early,
            Late = late,
            Advance = advance,
            HasOwnGaps = ownGaps,
        };

    private static IEnumerable<TriggeredCase> Shrink(TriggeredCase triggered)
    {
        if (triggered.Early is not null)
        {
            yield return triggered with { Early = null };
        }

        if (triggered.Late is not null)
        {
            yield return triggered with { Late = null };
        }

        if (triggered.HasOwnGaps)
        {
            yield return triggered with { HasOwnGaps = false };
        }

        foreach (StreamCase smaller in StreamShrinker.Shrink(triggered.Stream))
        {
            yield return triggered with { Stream = smaller };
        }
    }
}

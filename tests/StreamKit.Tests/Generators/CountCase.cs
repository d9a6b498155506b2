using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Tests.Generators;

/// <summary>A stream and windows by count to cut it into.</summary>
public sealed record CountCase(StreamCase Stream, int Size, int Every, bool EmitsPartial)
{
    /// <summary>Any ratio, gaps too; as few records as fill no window and as many as fill several.</summary>
    public static Arbitrary<CountCase> All() => Arb.From(
        from hasty in StreamGenerators.Hasty
        from size in Gen.Choose(1, 8)
        from every in Gen.Choose(1, 8)
        from emits in Gen.Elements(true, false)
        select new CountCase(hasty.Case, size, every, emits),
        count => StreamShrinker.Shrink(count.Stream).Select(smaller => count with { Stream = smaller }));
}

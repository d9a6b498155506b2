using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Tests.Generators;

/// <summary>A stream and how far its records look back.</summary>
public sealed record LookBackCase(StreamCase Stream, long Length)
{
    /// <summary>Streams of which nothing is late.</summary>
    public static Arbitrary<LookBackCase> Honest() => Of(StreamGenerators.Honest);

    /// <summary>Streams with late records.</summary>
    public static Arbitrary<LookBackCase> Hasty() => Of(StreamGenerators.Hasty.Select(hasty => hasty.Case));

    private static Arbitrary<LookBackCase> Of(Gen<StreamCase> streams) => Arb.From(
        from stream in streams
        from length in Gen.Frequency((1, Gen.Constant(1)), (6, Gen.Choose(2, 25)), (1, Gen.Choose(1_000, 5_000)))
        select new LookBackCase(stream, length),
        look => StreamShrinker.Shrink(look.Stream).Select(smaller => look with { Stream = smaller }));
}

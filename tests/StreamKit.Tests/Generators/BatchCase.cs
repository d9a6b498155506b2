using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Tests.Generators;

/// <summary>
/// A stream and the lists to collect it into; each early firing of the stream is a tick of the clock.
/// </summary>
public sealed record BatchCase(StreamCase Stream, int Max, int Within)
{
    public static Arbitrary<BatchCase> All() => Arb.From(
        from stream in StreamGenerators.Honest
        from max in Gen.Choose(1, 6)
        from within in Gen.Choose(1, 4)
        select new BatchCase(stream, max, within),
        batch => StreamShrinker.Shrink(batch.Stream).Select(smaller => batch with { Stream = smaller }));
}

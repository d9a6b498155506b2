using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>Everything a stream property can ask for: <c>[Properties(Arbitrary = [typeof(StreamArbitraries)])]</c>.</summary>
public static class StreamArbitraries
{
    public static Arbitrary<StreamCase> Streams() => Arb.From(StreamGenerators.Honest, StreamShrinker.Shrink);

    public static Arbitrary<HastyStreamCase> HastyStreams() => Arb.From(
        StreamGenerators.Hasty,
        hasty => StreamShrinker.Shrink(hasty.Case).Select(smaller => new HastyStreamCase(smaller)));

    public static Arbitrary<MergeCase> Merges() => Arb.From(MergeGenerators.Cases, MergeGenerators.Shrink);

    public static Arbitrary<OracleShape> Shapes() => Arb.From(StreamGenerators.Shapes);

    public static Arbitrary<OracleMode> Modes() => Arb.From(StreamGenerators.Modes);
}

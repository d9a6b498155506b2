using FsCheck;
using FsCheck.Fluent;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>What a stream property can ask for.</summary>
/// <remarks>Register it with <c>[Properties(Arbitrary = [typeof(StreamArbitraries)])]</c> on the test class.</remarks>
public static class StreamArbitraries
{
    public static Arbitrary<StreamCase> Streams() => Arb.From(StreamGenerators.Honest, StreamShrinker.Shrink);

    public static Arbitrary<HastyStreamCase> HastyStreams() => Arb.From(
        StreamGenerators.Hasty,
        hasty => StreamShrinker.Shrink(hasty.Case).Select(smaller => new HastyStreamCase(smaller)));

    /// <summary>Streams in hopping windows that share slices, without early results.</summary>
    public static Arbitrary<StreamCase> Overlapping() => Arb.From(
        StreamGenerators.Honest.SelectMany(StreamGenerators.Overlapping), StreamShrinker.Shrink);

    /// <summary>Hasty streams in hopping windows that share slices, without early results.</summary>
    public static Arbitrary<HastyStreamCase> HastyOverlapping() => Arb.From(
        StreamGenerators.Hasty.SelectMany(hasty => StreamGenerators.Overlapping(hasty.Case)).Select(Hasty),
        hasty => StreamShrinker.Shrink(hasty.Case).Select(Hasty));

    public static Arbitrary<MergeCase> Merges() => Arb.From(MergeGenerators.Cases, MergeGenerators.Shrink);

    public static Arbitrary<OracleShape> Shapes() => Arb.From(StreamGenerators.Shapes);

    public static Arbitrary<OracleMode> Modes() => Arb.From(StreamGenerators.Modes);

    private static HastyStreamCase Hasty(StreamCase stream) => new(stream);
}

using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Tests.Generators;

/// <summary>Generators of lives of splits.</summary>
internal static class SplitLives
{
    private static readonly Gen<SplitSignal> s_signal = Gen.Frequency(
        (2, Gen.Constant(SplitSignal.Add)),
        (1, Gen.Constant(SplitSignal.AddStored)),
        (8, Gen.Constant(SplitSignal.Watermark)),
        (3, Gen.Constant(SplitSignal.Idle)),
        (2, Gen.Constant(SplitSignal.Active)),
        (1, Gen.Constant(SplitSignal.Done)),
        (2, Gen.Constant(SplitSignal.Retire)));

    public static Arbitrary<SplitLife> All { get; } = Arb.From(
        from steps in Gen.ListOf(
            from signal in s_signal
            from choice in Gen.Choose(0, 20)
            from value in Gen.Choose(-50, 50)
            select new SplitStep(signal, choice, value))
        select new SplitLife([.. steps]),
        static life => Enumerable.Range(0, life.Steps.Count)
            .Select(at => new SplitLife([.. life.Steps.Where((_, index) => index != at)])));
}

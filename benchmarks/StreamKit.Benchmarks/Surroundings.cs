using StreamKit.Operators;

namespace StreamKit.Benchmarks;

/// <summary>What an operator needs around it when it is driven alone.</summary>
internal static class Surroundings
{
    public const int BatchSize = 1024;

    public static OperatorContext Context(string name) => new(name, 0, new SubtaskClock(), new NoErrors())
    {
        BatchSize = BatchSize,
        HashSeed = 42,
    };

    private sealed class NoErrors : ErrorReporter
    {
        public override bool GoesOn => false;

        public override void Report(in FailedRecord failed) =>
            throw new InvalidOperationException($"{failed.Operator} failed", failed.Exception);
    }
}

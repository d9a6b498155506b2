using StreamKit.Operators;

namespace StreamKit.Testing.Running;

/// <summary>Ends the test at the first record that an operator cannot process.</summary>
internal sealed class FailingReporter : ErrorReporter
{
    public override bool GoesOn => false;

    public override void Report(in FailedRecord failed) => throw new StreamTestException(
        $"'{failed.Operator}' could not process {failed.Record ?? failed.Key}: {failed.Exception.Message}",
        failed.Exception);
}

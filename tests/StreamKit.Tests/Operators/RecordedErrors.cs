using StreamKit.Diagnostics;
using StreamKit.Operators;

namespace StreamKit.Tests.Operators;

/// <summary>Writes down the records that failed, and goes on or fails like a job of that policy.</summary>
internal sealed class RecordedErrors(bool goesOn = true) : ErrorReporter
{
    public List<FailedRecord> Failed { get; } = [];

    public override bool GoesOn => goesOn;

    public override void Report(in FailedRecord failed)
    {
        if (!goesOn)
        {
            throw new StreamException(failed.Operator, failed.Key, null, failed.Exception);
        }

        Failed.Add(failed);
    }
}

namespace StreamKit.Operators;

/// <summary>Brings a record that an operator could not process to the job's error policy.</summary>
internal abstract class ErrorReporter
{
    /// <summary>Whether the policy is to go on without the record.</summary>
    public abstract bool GoesOn { get; }

    /// <summary>Counts and handles the error; throws where the policy is to fail.</summary>
    public abstract void Report(in FailedRecord failed);
}

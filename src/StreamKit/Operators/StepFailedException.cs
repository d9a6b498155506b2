namespace StreamKit.Operators;

/// <summary>Says which of several selectors in one loop has failed, and with what.</summary>
internal sealed class StepFailedException(OperatorContext context, object? record, Exception cause)
    : Exception(cause.Message, cause)
{
    public OperatorContext Context { get; } = context;

    public object? Record { get; } = record;

    public Exception Cause { get; } = cause;
}

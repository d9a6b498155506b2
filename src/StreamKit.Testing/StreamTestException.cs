namespace StreamKit.Testing;

/// <summary>A pipeline did not do what a test expects; any test framework reports it as a failure.</summary>
public sealed class StreamTestException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="message">What was expected, what happened, and the script that leads there.</param>
    /// <param name="innerException">What an operator or a delegate threw; null where nothing was thrown.</param>
    public StreamTestException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

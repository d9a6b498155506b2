namespace StreamKit.Serialization;

/// <summary>
/// State cannot be written or read: a type has no serializer, bytes are damaged, or they are of a layout that nothing
/// reads. The message says what to register.
/// </summary>
public sealed class StateException : Exception
{
    /// <summary>An error with a message for the operator of the job.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="inner">What it came from, if anything.</param>
    public StateException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    internal static StateException Damaged(string what) => new($"The bytes of the state are damaged: {what}.");
}

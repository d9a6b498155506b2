namespace StreamKit.Diagnostics;

/// <summary>
/// A job cannot go on from a checkpoint: it is missing or damaged, or does not fit the pipeline or what a sink holds.
/// It is not started again, because that would change nothing.
/// </summary>
public sealed class StartException : Exception
{
    internal StartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

namespace StreamKit.Diagnostics;

/// <summary>
/// A job cannot go on from a checkpoint: it is missing or damaged, or does not fit the pipeline. Nothing has run.
/// </summary>
public sealed class StartException : Exception
{
    internal StartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

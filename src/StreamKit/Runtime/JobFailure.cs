namespace StreamKit.Runtime;

/// <summary>Why a job failed: the first failure is the cause, those after it may have come from stopping.</summary>
internal sealed class JobFailure
{
    private Exception? _cause;

    /// <summary>The first failure; null while there is none.</summary>
    public Exception? Cause => Volatile.Read(ref _cause);

    /// <summary>Remembers a failure if it is the first.</summary>
    public void Report(Exception failure) => Interlocked.CompareExchange(ref _cause, failure, null);
}

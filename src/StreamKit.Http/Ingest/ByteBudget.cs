namespace StreamKit.Http.Ingest;

/// <summary>Counts bytes that are held, up to a limit.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _held;

    public long Held => Volatile.Read(ref _held);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limit)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _held, -bytes);
}

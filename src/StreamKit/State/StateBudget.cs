namespace StreamKit.State;

/// <summary>How much memory the state of many operators may take together, and how much it takes.</summary>
internal sealed class StateBudget(long maxBytes)
{
    private long _used;
    private int _shares;

    /// <summary>How many bytes the state may take.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>How many bytes the state takes.</summary>
    public long UsedBytes => Volatile.Read(ref _used);

    /// <summary>
    /// Who has less than this is left alone when there is too much: half of what each would have if all had the same,
    /// so all who are left alone have less than half of it together.
    /// </summary>
    public long ModestBytes => maxBytes / 2 / Math.Max(1, Volatile.Read(ref _shares));

    public void Join() => Interlocked.Increment(ref _shares);

    public void Leave(long bytes)
    {
        Interlocked.Decrement(ref _shares);
        Add(-bytes);
    }

    public void Add(long bytes) => Interlocked.Add(ref _used, bytes);
}

namespace StreamKit.Workloads.Memory;

/// <summary>Compares the heap with how it was when the probe was made.</summary>
internal sealed class HeapProbe
{
    // A heap that changes by less between two looks has settled; it has settled long before so many looks.
    private const long SettledBytes = 4096;
    private const int MostLooks = 50;

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly long _heapBytes;
    private readonly TimeSpan _pauses;
    private readonly int _collections;
    private TimeSpan _askedFor;
    private int _collectionsAskedFor;

    private HeapProbe(long heapBytes)
    {
        _heapBytes = heapBytes;
        _pauses = GC.GetTotalPauseDuration();
        _collections = GC.CollectionCount(0);
    }

    /// <summary>A probe against the heap as it is once the job before has let go of everything.</summary>
    /// <remarks>What awaits a job may go on in the middle of the job's own last call, and then its tables are still in
    /// use: without this the first thing that the next job's heap shows is that they are gone.</remarks>
    public static async Task<HeapProbe> CreateAsync()
    {
        long before = long.MaxValue;
        for (int i = 0; i < MostLooks; i++)
        {
            await Task.Delay(s_betweenLooks, TimeProvider.System);
            long now = Collect();
            if (before - now < SettledBytes)
            {
                return new HeapProbe(now);
            }

            before = now;
        }

        return new HeapProbe(before);
    }

    public HeapSample Take()
    {
        TimeSpan pauses = GC.GetTotalPauseDuration();
        int collections = GC.CollectionCount(0);
        var sample = new HeapSample(
            Collect() - _heapBytes,
            pauses - _pauses - _askedFor,
            collections - _collections - _collectionsAskedFor);
        _askedFor += GC.GetTotalPauseDuration() - pauses;
        _collectionsAskedFor += GC.CollectionCount(0) - collections;
        return sample;
    }

    // Twice, with the finalizers in between: what only waits to be finalized is not in use.
    private static long Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}

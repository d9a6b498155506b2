namespace StreamKit.Workloads.Memory;

/// <summary>Compares the heap with how it was when the probe was made.</summary>
internal sealed class HeapProbe
{
    private readonly long _heapBytes;
    private readonly TimeSpan _pauses;
    private readonly int _collections;
    private TimeSpan _askedFor;
    private int _collectionsAskedFor;

    public HeapProbe()
    {
        _heapBytes = Collect();
        _pauses = GC.GetTotalPauseDuration();
        _collections = GC.CollectionCount(0);
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

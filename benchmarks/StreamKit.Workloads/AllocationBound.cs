namespace StreamKit.Workloads;

/// <summary>What an engine may allocate for a workload: so much per event, and so much once per lane.</summary>
/// <remarks>Tables, pools and channels are made once for a run; a short run must not count them as if each event paid
/// for them.</remarks>
internal readonly record struct AllocationBound(double BytesPerEvent, long SetUpBytesPerLane)
{
    /// <summary>The most bytes per event that a run of this size may show.</summary>
    public double LimitFor(int events, int lanes) => BytesPerEvent + (double)SetUpBytesPerLane * lanes / events;
}

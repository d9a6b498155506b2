namespace StreamKit.Workloads.Data;

/// <summary>The event of W1, W3, W4, W5 and W7: 16 bytes, no references.</summary>
internal struct Event
{
    public long TimestampMs;
    public int Key;
    public int Value;
}

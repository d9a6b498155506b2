namespace StreamKit.Workloads.Data;

/// <summary>The event of W2: its key is one of several equal string objects.</summary>
internal struct TextEvent
{
    public long TimestampMs;
    public string Key;
    public int Value;
}

namespace StreamKit.Workloads.Data;

/// <summary>The event of W6.</summary>
internal struct TweetRecord
{
    public long TimestampMs;
    public int Language;
    public int Followers;
    public string[] Tags;
}

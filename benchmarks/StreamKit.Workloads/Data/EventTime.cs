namespace StreamKit.Workloads.Data;

/// <summary>Where the event time of all workloads begins.</summary>
internal static class EventTime
{
    /// <summary>Milliseconds since the Unix epoch; a multiple of 10 s, so that every window starts on it.</summary>
    public const long OriginMs = 1_700_000_000_000;
}

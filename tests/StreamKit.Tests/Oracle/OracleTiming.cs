namespace StreamKit.Tests.Oracle;

/// <summary>When a pane was emitted, relative to the completion of its window.</summary>
internal enum OracleTiming
{
    Early,
    OnTime,
    Late,
}

namespace StreamKit.Tests.Oracle;

/// <summary>The triggers that the oracle knows.</summary>
public enum OracleTriggerKind
{
    /// <summary>At every so manieth element.</summary>
    Records,

    /// <summary>When the watermark passes a multiple.</summary>
    EventTime,

    /// <summary>So much processing time after the first element since the last firing.</summary>
    Delay,

    /// <summary>At each element, but so much processing time apart; the last one is not lost.</summary>
    Updates,

    /// <summary>Not at all.</summary>
    Never,
}

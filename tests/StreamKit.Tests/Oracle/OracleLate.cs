namespace StreamKit.Tests.Oracle;

/// <summary>An element that came too late for at least one of its windows; reported once, whatever it missed.</summary>
/// <param name="Key">The element's key.</param>
/// <param name="Timestamp">The element's event time.</param>
/// <param name="Value">The element's value.</param>
/// <param name="Watermark">The operator's watermark when the element arrived.</param>
/// <param name="Missed">The expired windows it belonged to, by start.</param>
/// <param name="WasAcceptedByOthers">Whether another of its windows took it.</param>
internal sealed record OracleLate<TKey, TValue>(
    TKey Key,
    long Timestamp,
    TValue Value,
    long Watermark,
    IReadOnlyList<OracleWindow> Missed,
    bool WasAcceptedByOthers);

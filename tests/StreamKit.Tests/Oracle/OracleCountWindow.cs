namespace StreamKit.Tests.Oracle;

/// <summary>A window by count with its records as they arrived.</summary>
internal sealed record OracleCountWindow(
    int Key, long Start, long End, IReadOnlyList<OracleElement<int, int>> Content);

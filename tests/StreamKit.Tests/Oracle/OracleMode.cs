namespace StreamKit.Tests.Oracle;

/// <summary>What a later pane of a window holds.</summary>
public enum OracleMode
{
    /// <summary>Everything the window has accepted so far.</summary>
    Accumulating,

    /// <summary>Only what the window accepted since its previous pane.</summary>
    Discarding,

    /// <summary>Everything so far, after the previous pane was withdrawn.</summary>
    Retracting,
}

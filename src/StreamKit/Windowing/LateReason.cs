namespace StreamKit.Windowing;

/// <summary>Why a record came too late.</summary>
public enum LateReason
{
    /// <summary>It came later than the bound on disorder and the allowed lateness permit.</summary>
    BehindWatermark,

    /// <summary>Its input was idle, or came at run time, and event time went on without it.</summary>
    IdleInputRejoined,
}

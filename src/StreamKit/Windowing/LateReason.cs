namespace StreamKit.Windowing;

/// <summary>Why a record was set aside.</summary>
public enum LateReason
{
    /// <summary>It came later than the bound on disorder and the allowed lateness permit.</summary>
    BehindWatermark,

    /// <summary>
    /// Its input was idle, or came at run time, and event time went on without it; or nothing came at all, and event
    /// time went on by the clock.
    /// </summary>
    IdleInputRejoined,

    /// <summary>It did not come late at all: its event time lies further in the future than the guard allows.</summary>
    FutureGuard,
}

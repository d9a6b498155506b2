namespace StreamKit.Time;

/// <summary>Which clock the timestamps of a stream are read from.</summary>
public enum TimeDomain
{
    /// <summary>The records': when something happened. Results do not depend on when the job runs.</summary>
    Event,

    /// <summary>
    /// The machine's: when a record came to the step. Another run of the same input gives other results.
    /// </summary>
    Processing,
}

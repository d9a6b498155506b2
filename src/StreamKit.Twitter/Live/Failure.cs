namespace StreamKit.Twitter.Live;

/// <summary>Why a connection could not be made, as far as it decides how long to wait.</summary>
internal enum Failure
{
    /// <summary>The way to the service is broken.</summary>
    Network,

    /// <summary>The service has a trouble of its own that may pass.</summary>
    Http,

    /// <summary>There were too many requests, or there are too many connections.</summary>
    RateLimit,
}

namespace StreamKit.Twitter;

/// <summary>What happened to a connection of the filtered stream.</summary>
public enum ConnectionEventKind
{
    /// <summary>The service accepted the connection.</summary>
    Connected,

    /// <summary>An established stream ended or broke; the next attempt follows at once.</summary>
    Lost,

    /// <summary>Neither post nor keep-alive came for <see cref="FilteredStreamOptions.KeepAliveTimeout"/>.</summary>
    Stalled,

    /// <summary>The service said that it ends the stream; <see cref="ConnectionEvent.Problems"/> says why.</summary>
    Disconnected,

    /// <summary>The service could not be reached, or did not answer in time.</summary>
    Unreachable,

    /// <summary>The service answered with an HTTP error.</summary>
    Refused,

    /// <summary>The service refused because of a limit (429), of requests or of connections.</summary>
    RateLimited,

    /// <summary>An error object came in the stream, alone or along with a post.</summary>
    Problem,

    /// <summary>A message came that this version does not know.</summary>
    UnknownMessage,

    /// <summary>No connection was open for longer than back-fill reaches: posts of that time may be missing.</summary>
    Gap,
}

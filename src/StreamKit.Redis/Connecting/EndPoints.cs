using System.Net;

namespace StreamKit.Redis.Connecting;

/// <summary>Names of servers, for messages.</summary>
internal static class EndPoints
{
    public static string Describe(IEnumerable<EndPoint> endPoints) => string.Join(", ", endPoints.Select(Describe));

    private static string Describe(EndPoint endPoint) => endPoint is DnsEndPoint named
        ? FormattableString.Invariant($"{named.Host}:{named.Port}")
        : endPoint.ToString() ?? "?";
}

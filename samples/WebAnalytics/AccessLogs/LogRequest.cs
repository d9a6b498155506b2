namespace WebAnalytics.AccessLogs;

/// <summary>A request that a web server has written into its access log.</summary>
/// <param name="Client">The address or name of the client.</param>
/// <param name="Time">When the request came.</param>
/// <param name="Method">Such as <c>GET</c>; <c>-</c> where the request was none.</param>
/// <param name="Target">What was asked for, with the query; <c>-</c> where the request was none.</param>
/// <param name="Status">The status code of the answer.</param>
/// <param name="Bytes">The size of the answer; 0 where the log says <c>-</c>.</param>
internal sealed record LogRequest(
    string Client,
    DateTimeOffset Time,
    string Method,
    string Target,
    int Status,
    long Bytes)
{
    // What a page brings along, and is not a page itself.
    private static readonly string[] AssetEnds =
    [
        ".gif", ".jpg", ".jpeg", ".png", ".ico", ".bmp", ".xbm", ".css", ".js", ".svg", ".woff", ".woff2", ".ttf",
        ".eot", ".mp3", ".mp4", ".mpg", ".avi", ".wav", ".au", ".swf", ".map",
    ];

    /// <summary>The target without query and fragment.</summary>
    public string Page { get; } = Target.IndexOfAny(['?', '#']) is >= 0 and var end ? Target[..end] : Target;

    /// <summary>Whether a page was asked for and shown: no image, no style sheet, no redirection, no error.</summary>
    public bool IsPageView => Method == "GET"
        && Status is (>= 200 and < 300) or 304
        && !AssetEnds.Any(ending => Page.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}

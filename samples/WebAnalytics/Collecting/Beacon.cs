namespace WebAnalytics.Collecting;

/// <summary>What a page says when it is seen.</summary>
/// <param name="Page">Its path.</param>
/// <param name="Client">A number that the browser has made up and keeps.</param>
internal sealed record Beacon(string Page, string Client);

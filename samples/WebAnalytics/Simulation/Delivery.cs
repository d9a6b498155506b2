using WebAnalytics.AccessLogs;

namespace WebAnalytics.Simulation;

/// <summary>A request and when it reaches the analytics.</summary>
internal sealed record Delivery(LogRequest Request, DateTimeOffset Arrival);

using Microsoft.Extensions.Logging;

namespace StreamKit.Redis.Connecting;

/// <summary>What a sink or source does without being told.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "'{Step}' has no answer from Redis at {Server} ({Failure}); it goes on trying for {Limit}.")]
    public static partial void Lost(this ILogger logger, string step, string server, TimeSpan limit, string failure);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "'{Step}' goes on: Redis at {Server} answers again after {Elapsed}.")]
    public static partial void Back(this ILogger logger, string step, string server, TimeSpan elapsed);
}

using Microsoft.Extensions.Logging;

namespace StreamKit.PostgreSql.Connections;

/// <summary>What is done without being told; free of passwords.</summary>
internal static partial class DatabaseLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Database}: {Reason}; tried again in {Wait}")]
    public static partial void TriedAgain(this ILogger logger, string database, string reason, TimeSpan wait);

    [LoggerMessage(2, LogLevel.Information, "{Database}: is there again")]
    public static partial void Back(this ILogger logger, string database);

    [LoggerMessage(3, LogLevel.Information, "{Database}: made table {Table}")]
    public static partial void Made(this ILogger logger, string database, string table);

    [LoggerMessage(4, LogLevel.Information, "{Database}: removed what an earlier run of job '{Job}' left unfinished")]
    public static partial void CleanedUp(this ILogger logger, string database, string job);
}

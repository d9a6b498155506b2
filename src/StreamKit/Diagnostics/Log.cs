using Microsoft.Extensions.Logging;

namespace StreamKit.Diagnostics;

/// <summary>What the engine logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Operator '{Operator}' could not process a record and went on without it (key {Key}, event time {EventTime}, split {Split}, position {Position})")]
    public static partial void RecordFailed(
        ILogger logger, string @operator, string? key, DateTimeOffset? eventTime, string? split, string? position, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "Job '{Job}' started with {Subtasks} subtasks on {Lanes} lanes")]
    public static partial void JobStarted(ILogger logger, string job, int subtasks, int lanes);

    [LoggerMessage(3, LogLevel.Information, "Job '{Job}' ended")]
    public static partial void JobEnded(ILogger logger, string job);

    [LoggerMessage(4, LogLevel.Error, "Job '{Job}' failed")]
    public static partial void JobFailed(ILogger logger, string job, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Job '{Job}' is stopping: {Mode}")]
    public static partial void JobStopping(ILogger logger, string job, string mode);

    [LoggerMessage(6, LogLevel.Error, "'{Name}' could not be closed after it had failed")]
    public static partial void CloseFailed(ILogger logger, string name, Exception exception);
}

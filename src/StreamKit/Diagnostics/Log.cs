using Microsoft.Extensions.Logging;

namespace StreamKit.Diagnostics;

/// <summary>What the engine logs.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Operator '{Operator}' could not process a record and went on without it "
        + "(key {Key}, event time {EventTime}, split {Split}, position {Position})")]
    public static partial void RecordFailed(
        ILogger logger,
        string @operator,
        string? key,
        DateTimeOffset? eventTime,
        string? split,
        string? position,
        Exception exception);

    [LoggerMessage(2, LogLevel.Information, "Job '{Job}' started with {Subtasks} subtasks on {Lanes} lanes")]
    public static partial void JobStarted(ILogger logger, string job, int subtasks, int lanes);

    [LoggerMessage(3, LogLevel.Information, "Job '{Job}' ended")]
    public static partial void JobEnded(ILogger logger, string job);

    [LoggerMessage(4, LogLevel.Error, "Job '{Job}' failed")]
    public static partial void JobFailed(ILogger logger, string job, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Job '{Job}' is stopping: {Mode}")]
    public static partial void JobStopping(ILogger logger, string job, string mode);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "The sequence of '{Name}' does not listen to its cancellation token; the job ends without it")]
    public static partial void SequenceDoesNotStop(ILogger logger, string name);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "The observable of '{Name}' pushes faster than the pipeline takes; records are dropped and counted")]
    public static partial void RecordsDropped(ILogger logger, string name);

    [LoggerMessage(6, LogLevel.Error, "'{Name}' failed while it was closed")]
    public static partial void CloseFailed(ILogger logger, string name, Exception exception);

    [LoggerMessage(20, LogLevel.Warning, "Pipeline '{Pipeline}': {Warning}")]
    public static partial void PipelineWarning(ILogger logger, string pipeline, string warning);

    [LoggerMessage(21, LogLevel.Information, "Job '{Job}' promises from {Guarantee}")]
    public static partial void Guaranteed(ILogger logger, string job, object guarantee);

    [LoggerMessage(30, LogLevel.Debug, "Job '{Job}' begins checkpoint {Checkpoint}")]
    public static partial void CheckpointBegan(ILogger logger, string job, long checkpoint);

    [LoggerMessage(
        31,
        LogLevel.Information,
        "Job '{Job}' completed checkpoint {Checkpoint}: {Bytes} bytes in {Milliseconds:0} ms")]
    public static partial void CheckpointCompleted(
        ILogger logger, string job, long checkpoint, long bytes, double milliseconds);

    [LoggerMessage(32, LogLevel.Warning, "Job '{Job}' gave checkpoint {Checkpoint} up and goes on without it")]
    public static partial void CheckpointFailed(ILogger logger, string job, long checkpoint, Exception exception);

    [LoggerMessage(34, LogLevel.Error, "Job '{Job}' cannot use {Checkpoint} and takes the one before")]
    public static partial void CheckpointUnusable(
        ILogger logger, string job, string checkpoint, Exception? exception);

    [LoggerMessage(35, LogLevel.Information, "Job '{Job}' goes on from {Checkpoint}")]
    public static partial void Restored(ILogger logger, string job, string checkpoint);

    [LoggerMessage(36, LogLevel.Warning, "Job '{Job}' leaves behind the state of {Operators}, which no step has")]
    public static partial void OrphansLeft(ILogger logger, string job, string operators);

    [LoggerMessage(37, LogLevel.Information, "Job '{Job}' starts {Operators} without state; the checkpoint has none")]
    public static partial void NewState(ILogger logger, string job, string operators);

    [LoggerMessage(38, LogLevel.Warning, "Job '{Job}' had ended with {Checkpoint}; there is nothing left to do")]
    public static partial void AlreadyFinished(ILogger logger, string job, string checkpoint);

    [LoggerMessage(39, LogLevel.Warning, "Job '{Job}' failed and is started again in {Delay} (restart {Restart})")]
    public static partial void Restarting(ILogger logger, string job, TimeSpan delay, int restart, Exception exception);

    [LoggerMessage(40, LogLevel.Information, "Job '{Job}': removed '{Name}', which an earlier run left unfinished")]
    public static partial void CheckpointLeftoverRemoved(ILogger logger, string job, string name);

    [LoggerMessage(41, LogLevel.Warning, "Job '{Job}': '{Name}' is not needed any more and could not be deleted")]
    public static partial void CheckpointNotCleared(ILogger logger, string job, string name, Exception exception);

    [LoggerMessage(42, LogLevel.Warning, "Job '{Job}': the count of its runs was lost and starts anew")]
    public static partial void CheckpointOwnerLost(ILogger logger, string job, Exception exception);

    [LoggerMessage(43, LogLevel.Warning, "The old {Checkpoint} could not be deleted; the next one will try again")]
    public static partial void CheckpointNotDeleted(ILogger logger, string checkpoint, Exception exception);

    [LoggerMessage(
        44,
        LogLevel.Warning,
        "Job '{Job}': the rules of {Zones} have changed since the checkpoint was taken; windows that were open then "
        + "keep the bounds that they had")]
    public static partial void TimeZonesChanged(ILogger logger, string job, string zones);

    [LoggerMessage(
        45,
        LogLevel.Error,
        "Job '{Job}' fails at the same place again and again without a checkpoint in between, and stays down; an error "
        + "policy can set such records aside")]
    public static partial void SameFailureAgain(ILogger logger, string job);
}

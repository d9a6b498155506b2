using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Runtime;

/// <summary>What all subtasks of a job share.</summary>
internal sealed record JobSettings
{
    public required string JobName { get; init; }

    /// <summary>How many lanes a keyed stage has.</summary>
    public required int Lanes { get; init; }

    /// <summary>How many records a batch holds.</summary>
    public required int BatchSize { get; init; }

    /// <summary>How many batches and signals a channel holds.</summary>
    public required int ChannelCapacity { get; init; }

    public required ulong HashSeed { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public required FailureHandling Failures { get; init; }

    /// <summary>How the job takes checkpoints; null: it takes none.</summary>
    public CheckpointSettings? Checkpoints { get; init; }

    /// <summary>What to do when the job fails.</summary>
    public required RestartPolicy Restart { get; init; }

    /// <summary>The serializers of what operators remember.</summary>
    public required StateTypes StateTypes { get; init; }

    /// <summary>The memory for state, and where it goes beyond that; null: all stays in memory.</summary>
    public (StateBudget Budget, IStateSpill Spill)? State { get; init; }

    /// <summary>What runs the subtasks: the thread pool, or a simulation that chooses who goes on.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Where the job's failure is found once there is one.</summary>
    public JobFailure Failure { get; init; } = new();

    /// <summary>How long who waits looks before sleeping; on one processor nobody else could work meanwhile.</summary>
    public Patience CreatePatience() =>
        new(
            Clock,
            looks: Environment.ProcessorCount > 1 && Scheduler == TaskScheduler.Default,
            othersWait: static () => ThreadPool.PendingWorkItemCount > 0);

    /// <summary>Who is told when the job has ended for good.</summary>
    public JobEnd End { get; init; } = new();

    /// <summary>Begins something on the job's scheduler.</summary>
    public Task RunAsync(Action action) => Task.Factory.StartNew(
        action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler);

    /// <summary>Begins something on the job's scheduler.</summary>
    public Task RunAsync(Func<Task> action) => Task.Factory.StartNew(
        action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();
}

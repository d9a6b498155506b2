using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Records;
using StreamKit.Runtime;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit;

/// <summary>How a job runs.</summary>
public sealed record JobOptions
{
    /// <summary>
    /// How many lanes work on the keys, each on its share. From 1 to 128, the number of key groups.
    /// Default: the number of processors.
    /// </summary>
    public int Parallelism { get; init; } = Math.Min(Environment.ProcessorCount, KeyGroups.Count);

    /// <summary>
    /// How many records travel together at most, from 1 to 65,536. Fewer cost more per record, more fall out of the
    /// processor's cache. A record never waits for others. Default: 1,024.
    /// </summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>
    /// How many batches and signals a channel between two subtasks holds before it slows the sender; bounds memory, and
    /// evens out bursts. From 1. Default: 16.
    /// </summary>
    public int ChannelCapacity { get; init; } = 16;

    /// <summary>What becomes of records that cannot be processed. Default: the job fails.</summary>
    public ErrorPolicy OnError { get; init; } = ErrorPolicy.Fail;

    /// <summary>The clock of processing time and idleness. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the engine logs. Default: nowhere.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// The seed of the keys' hashes, which decides on which lane a key lives; null: a new one for each job, so that
    /// nobody can choose keys that all fall on one lane. Default: null.
    /// </summary>
    public ulong? HashSeed { get; init; }

    /// <summary>
    /// How much memory state may take, and where it goes beyond that. Default: null, all stays in memory.
    /// </summary>
    public StateLimits? State { get; init; }

    /// <summary>
    /// How the job takes checkpoints, from which it goes on after a failure. Default: null, it takes none.
    /// </summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// What to do when the job fails. Default: null, which is <see cref="RestartStrategy.Default"/> where the job takes
    /// checkpoints and <see cref="RestartStrategy.None"/> where it does not.
    /// </summary>
    public RestartStrategy? Restart { get; init; }

    /// <summary>What runs the job's subtasks; a simulation has its own.</summary>
    internal TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    internal JobSettings ToSettings(string jobName)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Parallelism);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Parallelism, KeyGroups.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchSize, 65_536);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ChannelCapacity);
        ArgumentNullException.ThrowIfNull(OnError);
        ArgumentNullException.ThrowIfNull(Clock);
        ArgumentNullException.ThrowIfNull(Loggers);
        if (Checkpoints is null && Restart is { } restart && restart != RestartStrategy.None)
        {
            throw new ArgumentException(
                "A job that takes no checkpoints would begin anew when it is started again, and write everything "
                + "twice: set Checkpoints, or leave out Restart.");
        }

        return new JobSettings
        {
            JobName = jobName,
            Lanes = Parallelism,
            BatchSize = BatchSize,
            ChannelCapacity = ChannelCapacity,
            // Seeds that people give are close together (1, 2, 3), and the hash relies on seeds that are not.
            HashSeed = Mixing.Diffuse(
                HashSeed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)))),
            Clock = Clock,
            Loggers = Loggers,
            Failures = OnError.Handling,
            Checkpoints = Checkpoints?.ToSettings(),
            Restart = (Restart ?? (Checkpoints is null ? RestartStrategy.None : RestartStrategy.Default)).Policy,
            StateTypes = Checkpoints?.Types ?? State?.Types ?? new StateTypes(),
            State = State is { } limits ? (limits.Budget, limits.Spill) : null,
            Scheduler = Scheduler,
        };
    }
}

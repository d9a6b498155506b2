using StreamKit.Diagnostics;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>What one subtask of an operator is given besides its next receiver.</summary>
internal sealed class OperatorContext(string name, int subtask, SubtaskClock clock, ErrorReporter errors)
{
    public string Name { get; } = name;

    /// <summary>Which of the parallel subtasks of the operator this is, from 0.</summary>
    public int Subtask { get; } = subtask;

    public SubtaskClock Clock { get; } = clock;

    /// <summary>Whether the job goes on without records that fail, so that these must leave no trace.</summary>
    public bool GoesOnAfterErrors => errors.GoesOn;

    public OperatorCounters Counters { get; } = new(name, subtask);

    /// <summary>How many records a batch holds.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The seed of the key hashes of the job.</summary>
    public required ulong HashSeed { get; init; }

    /// <summary>
    /// Makes a step part of the group of a name that keeps splits together, with how far ahead of the slowest its own
    /// may be; null where nothing is read, so that nothing can be held.
    /// </summary>
    public Func<string, long, SplitAlignment>? Align { get; init; }

    /// <summary>Where what the subtask's operators remember is collected; null where nothing is saved.</summary>
    public SubtaskState? State { get; init; }

    /// <summary>The memory for state, and where it goes beyond that; null: all stays in memory.</summary>
    public StateSpace? Space { get; init; }

    /// <summary>Makes something that the operator remembers a part of checkpoints.</summary>
    /// <param name="state">What remembers.</param>
    /// <param name="part">Its name within the operator, where the operator has several that remember.</param>
    public void Remember(IStateful state, string? part = null) =>
        State?.Add(part is null ? Name : $"{Name}/{part}", state);

    /// <summary>Hands a record to the error policy; returns where the policy is to go on without it.</summary>
    public void Report(Exception exception, object? record, long timestamp, string? key = null)
    {
        Counters.Errors++;
        errors.Report(new FailedRecord(Name, exception)
        {
            Record = record,
            Key = key,
            Timestamp = timestamp == long.MinValue ? null : timestamp,
        });
    }
}

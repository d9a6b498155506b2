using StreamKit.Connectors;

namespace StreamKit.Runtime;

/// <summary>What the job does with records that an operator or a source could not process.</summary>
internal sealed record FailureHandling
{
    /// <summary>Whether the job goes on.</summary>
    public required bool GoesOn { get; init; }

    /// <summary>Where the records go then; null: they are counted and logged only.</summary>
    public ISink<DeadLetter>? DeadLetters { get; init; }
}

using System.Globalization;

namespace StreamKit.Checkpointing;

/// <summary>A completed checkpoint in a store.</summary>
public sealed record StoredCheckpoint
{
    /// <summary>Its number: a later checkpoint of a job has a higher one.</summary>
    public required long Id { get; init; }

    /// <summary>The name of a savepoint; null for a checkpoint.</summary>
    public string? Savepoint { get; init; }

    /// <summary>When it was completed; null where damage hides it.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>How many bytes its parts and its manifest have, as they were written.</summary>
    public long Bytes { get; init; }

    /// <summary>Why it cannot be read, where listing already showed that; null otherwise.</summary>
    public string? Damage { get; init; }

    /// <summary>Its name in words, such as "checkpoint 12" or "savepoint 'before-upgrade' (14)".</summary>
    public override string ToString() => Savepoint is null
        ? string.Create(CultureInfo.InvariantCulture, $"checkpoint {Id}")
        : string.Create(CultureInfo.InvariantCulture, $"savepoint '{Savepoint}' ({Id})");
}

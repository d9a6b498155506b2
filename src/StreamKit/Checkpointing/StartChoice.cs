namespace StreamKit.Checkpointing;

/// <summary>Which checkpoint a job goes on from; the newest where nothing else is said.</summary>
internal sealed record StartChoice
{
    /// <summary>None: it starts at the beginning.</summary>
    public bool IsBeginning { get; init; }

    /// <summary>The savepoint of this name.</summary>
    public string? Savepoint { get; init; }

    /// <summary>The checkpoint of this number.</summary>
    public long? Id { get; init; }

    /// <summary>Only checkpoints with a higher number; null: any.</summary>
    public long? After { get; init; }

    /// <summary>Whether there is no other to take where the first choice cannot be used.</summary>
    public bool IsExact => Savepoint is not null || Id is not null;

    public bool Allows(StoredCheckpoint checkpoint) =>
        (Savepoint is null || checkpoint.Savepoint == Savepoint)
        && (Id is null || checkpoint.Id == Id)
        && (After is null || checkpoint.Id > After);

    public override string ToString() => this switch
    {
        { Savepoint: { } name } => $"the savepoint '{name}'",
        { Id: { } id } => $"checkpoint {id}",
        { IsBeginning: true } => "the beginning",
        _ => "the newest checkpoint",
    };
}

namespace StreamKit.Twitter.Replaying;

/// <summary>What a replay delivers of each message.</summary>
/// <param name="RecordsOf">The records of a message, in their order; empty where it is passed over.</param>
/// <param name="TimeOf">When a record is due, in event time; null: as soon as it is reached.</param>
internal sealed record ReplayForm<T>(Func<StreamMessage, IReadOnlyList<T>> RecordsOf, Func<T, DateTimeOffset?> TimeOf);

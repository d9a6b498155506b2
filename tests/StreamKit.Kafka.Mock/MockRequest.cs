namespace StreamKit.Kafka.Mock;

/// <summary>
/// Requests of the protocol that a mock broker can be told to refuse; the numbers are the protocol's.
/// </summary>
public enum MockRequest : short
{
    Produce = 0,
    Fetch = 1,
    ListOffsets = 2,
    Metadata = 3,
    OffsetCommit = 8,
    OffsetFetch = 9,
    FindCoordinator = 10,
    JoinGroup = 11,
    Heartbeat = 12,
    SyncGroup = 14,
    InitProducerId = 22,
    AddPartitionsToTransaction = 24,
    AddOffsetsToTransaction = 25,
    EndTransaction = 26,
    TransactionOffsetCommit = 28,
}

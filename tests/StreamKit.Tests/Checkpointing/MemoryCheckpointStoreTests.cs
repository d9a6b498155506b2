using StreamKit.Checkpointing;
using StreamKit.Conformance;

namespace StreamKit.Tests.Checkpointing;

/// <summary>The store in memory keeps the contract.</summary>
public sealed class MemoryCheckpointStoreTests : CheckpointStoreContract
{
    private readonly MemoryCheckpointStore _store = new();

    protected override ICheckpointStore CreateStore() => _store;
}

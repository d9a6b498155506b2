using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Runtime;

/// <summary>
/// The epochs of a sink that commits with checkpoints: those prepared, and what was restored of them.
/// </summary>
internal abstract class SinkEpochs<T>
{
    private readonly List<(long Checkpoint, long Epoch)> _prepared = [];

    /// <summary>The number of the last epoch that has ended.</summary>
    protected long LastEpoch { get; private set; }

    /// <summary>Whether everything that was prepared is committed.</summary>
    public bool IsCommitted => _prepared.Count == 0;

    /// <summary>Ends the epoch at the barrier of a checkpoint.</summary>
    public async ValueTask PrepareAsync(long checkpoint, CancellationToken cancellationToken)
    {
        await PrepareEpochAsync(LastEpoch + 1, cancellationToken).ConfigureAwait(true);
        LastEpoch++;
        _prepared.Add((checkpoint, LastEpoch));
    }

    /// <summary>Commits the epochs that ended with a checkpoint or before it.</summary>
    public async ValueTask CommitAsync(long checkpoint, CancellationToken cancellationToken)
    {
        while (_prepared.Count > 0 && _prepared[0].Checkpoint <= checkpoint)
        {
            await CommitEpochAsync(_prepared[0].Epoch, cancellationToken).ConfigureAwait(true);
            _prepared.RemoveAt(0);
        }
    }

    /// <summary>Brings the sink to where the checkpoint was that the job goes on from.</summary>
    public abstract ValueTask RecoverAsync(CancellationToken cancellationToken);

    /// <summary>Takes records; they belong to the epoch that has not ended.</summary>
    public abstract ValueTask WriteAsync(Connectors.SinkBatch<T> records, CancellationToken cancellationToken);

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter writer = snapshot.Own();
        writer.Write(LastEpoch);
        writer.Write(_prepared.Count);
        foreach ((_, long epoch) in _prepared)
        {
            writer.Write(epoch);
            SaveEpoch(epoch, ref writer);
        }

        writer.Flush();
    }

    public void Restore(OperatorState state)
    {
        StateReader reader = state.Parts[0].Own();
        LastEpoch = reader.ReadInt64();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            long epoch = reader.ReadInt64();
            RestoreEpoch(epoch, ref reader);
        }
    }

    protected abstract ValueTask PrepareEpochAsync(long epoch, CancellationToken cancellationToken);

    protected abstract ValueTask CommitEpochAsync(long epoch, CancellationToken cancellationToken);

    protected abstract void SaveEpoch(long epoch, ref StateWriter writer);

    protected abstract void RestoreEpoch(long epoch, ref StateReader reader);
}

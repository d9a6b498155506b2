using StreamKit.Connectors;
using StreamKit.Serialization;

namespace StreamKit.Runtime;

/// <summary>Epochs that the sink keeps itself between preparing and committing.</summary>
internal sealed class TwoPhaseEpochs<T>(IEpochSinkWriter<T> writer) : SinkEpochs<T>
{
    private readonly SortedDictionary<long, ReadOnlyMemory<byte>> _handles = [];

    public override async ValueTask RecoverAsync(CancellationToken cancellationToken)
    {
        PreparedEpoch[] prepared = [.. _handles.Select(static pair => new PreparedEpoch(pair.Key, pair.Value))];
        await writer.RestoreAsync(LastEpoch, prepared, cancellationToken).ConfigureAwait(true);
        foreach (PreparedEpoch epoch in prepared)
        {
            await writer.CommitAsync(epoch, cancellationToken).ConfigureAwait(true);
            _handles.Remove(epoch.Epoch);
        }
    }

    public override ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken) =>
        writer.WriteAsync(records, cancellationToken);

    protected override async ValueTask PrepareEpochAsync(long epoch, CancellationToken cancellationToken) =>
        _handles[epoch] = await writer.PrepareAsync(epoch, cancellationToken).ConfigureAwait(true);

    protected override async ValueTask CommitEpochAsync(long epoch, CancellationToken cancellationToken)
    {
        await writer.CommitAsync(new PreparedEpoch(epoch, _handles[epoch]), cancellationToken).ConfigureAwait(true);
        _handles.Remove(epoch);
    }

    protected override void SaveEpoch(long epoch, ref StateWriter output) => output.Write(_handles[epoch].Span);

    protected override void RestoreEpoch(long epoch, ref StateReader reader) => _handles[epoch] = reader.ReadMemory();
}

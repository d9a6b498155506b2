using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Serialization;

namespace StreamKit.Runtime;

/// <summary>Epochs whose records are kept, and lie in the checkpoint, until the sink has written them.</summary>
internal sealed class WriteAheadEpochs<T>(string sink, IWriteAheadSinkWriter<T> writer) : SinkEpochs<T>
{
    private readonly SortedDictionary<long, (List<T> Values, List<long> Timestamps)> _epochs = [];
    private List<T> _values = [];
    private List<long> _timestamps = [];

    public override async ValueTask RecoverAsync(CancellationToken cancellationToken)
    {
        long committed = await writer.FindLastEpochAsync(cancellationToken).ConfigureAwait(true);
        if (committed > LastEpoch)
        {
            throw new StartException(
                $"The job cannot go on, because of '{sink}': it has written epoch {committed} already, and the "
                + $"checkpoint ends with epoch {LastEpoch}, so going on from it would write what came after it twice. "
                + "Start from the newest checkpoint, or bring the sink back to where it was at this one.");
        }

        foreach (long epoch in _epochs.Keys.ToArray())
        {
            if (epoch > committed)
            {
                await CommitEpochAsync(epoch, cancellationToken).ConfigureAwait(true);
            }

            _epochs.Remove(epoch);
        }
    }

    public override ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        _values.AddRange(records.Values.Span);
        for (int i = 0; i < records.Count; i++)
        {
            _timestamps.Add(records.TimestampOf(i).Ticks);
        }

        return ValueTask.CompletedTask;
    }

    protected override ValueTask PrepareEpochAsync(long epoch, CancellationToken cancellationToken)
    {
        _epochs[epoch] = (_values, _timestamps);
        (_values, _timestamps) = ([], []);
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask CommitEpochAsync(long epoch, CancellationToken cancellationToken)
    {
        (List<T> values, List<long> timestamps) = _epochs[epoch];
        var records = new SinkBatch<T>(values.ToArray(), timestamps.ToArray());
        await writer.CommitAsync(epoch, records, cancellationToken).ConfigureAwait(true);
        _epochs.Remove(epoch);
    }

    protected override void SaveEpoch(long epoch, ref StateWriter output)
    {
        (List<T> values, List<long> timestamps) = _epochs[epoch];
        output.Write(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            output.Write(timestamps[i]);
            output.Value(values[i]);
        }
    }

    protected override void RestoreEpoch(long epoch, ref StateReader reader)
    {
        int count = reader.ReadInt32();
        (List<T> Values, List<long> Timestamps) records = ([], []);
        for (int i = 0; i < count; i++)
        {
            records.Timestamps.Add(reader.ReadInt64());
            records.Values.Add(reader.Value<T>());
        }

        _epochs[epoch] = records;
    }
}

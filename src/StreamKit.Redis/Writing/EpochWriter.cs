using System.Globalization;
using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Writing;

/// <summary>Writes epochs part by part, each in one script with the marker.</summary>
/// <remarks>
/// The server does nothing else while a script runs, so parts are small. A part whose answer was lost is sent again,
/// and finds by the marker that it is there; a run that goes on in the middle of an epoch finds how much of it is.
/// </remarks>
internal sealed class EpochWriter<T>(RedisLease lease, EpochForm<T> form, RedisKey marker, string sink)
    : IWriteAheadSinkWriter<T>
{
    public async ValueTask<long> FindLastEpochAsync(CancellationToken cancellationToken)
    {
        RedisValue epoch = await lease
            .CallAsync(database => database.HashGetAsync(marker, EpochMarker.EpochField), cancellationToken)
            .ConfigureAwait(false);
        return (long)epoch;
    }

    public async ValueTask CommitAsync(long epoch, SinkBatch<T> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var parts = new EpochParts<T>(form, records.Values);
        while (true)
        {
            RedisValue[] arguments = parts.Next(epoch);
            RedisResult reply = await lease
                .CallAsync(
                    database => database.ScriptEvaluateAsync(form.Script, [marker, form.Key], arguments),
                    cancellationToken)
                .ConfigureAwait(false);
            EpochMarker reached = EpochMarker.From(reply);
            if (reached.Epoch >= epoch)
            {
                return;
            }

            if (reached.Epoch < epoch - 1 || reached.Written < parts.Written)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{sink}' was to write epoch {epoch} from record {parts.Written} on, but its marker '{marker}' is "
                    + $"at epoch {reached.Epoch}, record {reached.Written}: Redis has lost what it had acknowledged, "
                    + $"or the marker was removed."));
            }

            if (!parts.TryAdvance(reached))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{sink}' cannot go on: of epoch {epoch} {reached.Written} records are in '{form.Key}' already, "
                    + $"and they are not those of this job's checkpoint. Start from the newest checkpoint."));
            }
        }
    }

    // The engine writes through CommitAsync where the job takes checkpoints, and only then there is such a writer.
    public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Records are written with their epoch.");

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();
}

using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Connectors;
using StreamKit.Time;

namespace StreamKit.Conformance;

/// <summary>
/// Drives a two-phase sink as the engine does, run after run, each going on from the last complete checkpoint; a run
/// can be cut off between any two calls, and what it leaves is what a crash leaves.
/// </summary>
/// <param name="open">Makes the sink; every run has its own.</param>
/// <param name="epochs">The records of each epoch.</param>
/// <param name="rhythm">Every so many epochs the checkpoint is complete; those between are given up.</param>
internal sealed class EpochRuns<T>(
    Func<ISink<T>> open, IReadOnlyList<IReadOnlyList<T>> epochs, int rhythm = 1) : IAsyncDisposable
{
    private readonly List<IEpochSinkWriter<T>> _abandoned = [];
    private long _epoch;
    private List<PreparedEpoch> _prepared = [];
    private int _steps;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs to the end, or until it is cut off after so many calls.</summary>
    /// <param name="steps">How many calls there may be.</param>
    /// <param name="closes">Whether the sink is disposed, as after an exception; else it is left as it is.</param>
    /// <returns>Whether it came to the end.</returns>
    public async Task<bool> RunAsync(int steps, bool closes)
    {
        _steps = steps;
        IEpochSinkWriter<T> writer = await OpenAsync(open());
        bool ended = await GoOnAsync(writer);
        if (ended || closes)
        {
            await writer.DisposeAsync();
        }
        else
        {
            _abandoned.Add(writer);
        }

        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IEpochSinkWriter<T> writer in _abandoned)
        {
            await writer.DisposeAsync();
        }
    }

    internal static async Task<IEpochSinkWriter<T>> OpenAsync(ISink<T> sink)
    {
        var context = new SinkContext("sink", TimeProvider.System, NullLogger.Instance) { HasCheckpoints = true };
        return Assert.IsType<IEpochSinkWriter<T>>(await sink.OpenAsync(context, Token), exactMatch: false);
    }

    internal static ValueTask WriteAsync(ISinkWriter<T> writer, params IReadOnlyList<T> records) =>
        writer.WriteAsync(BatchOf(records), Token);

    internal static SinkBatch<T> BatchOf(IReadOnlyList<T> records)
    {
        long[] timestamps = new long[records.Count];
        Array.Fill(timestamps, Timestamp.MinValue.Ticks);
        return new SinkBatch<T>(records.ToArray(), timestamps);
    }

    private async Task<bool> GoOnAsync(IEpochSinkWriter<T> writer)
    {
        if (!Step())
        {
            return false;
        }

        await writer.RestoreAsync(_epoch, _prepared, Token);
        var uncommitted = new List<PreparedEpoch>(_prepared);
        if (!await CommitAsync(writer, uncommitted))
        {
            return false;
        }

        for (long epoch = _epoch + 1; epoch <= epochs.Count; epoch++)
        {
            foreach (T record in epochs[(int)epoch - 1])
            {
                if (!Step())
                {
                    return false;
                }

                await WriteAsync(writer, record);
                await writer.FlushAsync(Token);
            }

            if (!Step())
            {
                return false;
            }

            // The handle may be used again by the writer as soon as the call is over.
            byte[] handle = (await writer.PrepareAsync(epoch, Token)).ToArray();
            uncommitted.Add(new PreparedEpoch(epoch, handle));
            if (epoch % rhythm != 0 && epoch < epochs.Count)
            {
                continue;
            }

            if (!Step())
            {
                return false;
            }

            (_epoch, _prepared) = (epoch, [.. uncommitted]);
            if (!await CommitAsync(writer, uncommitted))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> CommitAsync(IEpochSinkWriter<T> writer, List<PreparedEpoch> uncommitted)
    {
        while (uncommitted.Count > 0)
        {
            if (!Step())
            {
                return false;
            }

            await writer.CommitAsync(uncommitted[0], Token);
            uncommitted.RemoveAt(0);
        }

        return true;
    }

    private bool Step() => _steps-- > 0;
}

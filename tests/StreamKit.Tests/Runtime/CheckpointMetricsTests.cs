using System.Diagnostics.Metrics;
using System.Threading.Channels;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Runtime;

public class CheckpointMetricsTests
{
    [Fact]
    public async Task TheMeterSaysHowTheCheckpointsOfAJobAreDoing()
    {
        const string Name = "checkpoint-metrics";
        var numbers = Channel.CreateUnbounded<int>();
        var builder = StreamBuilder.Create(Name);
        builder.From(numbers.Reader, "numbers").ForEach(static _ => { }, "out");
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromHours(1)),
        });
        while (!job.IsTakingCheckpoints)
        {
            await Task.Yield();
        }

        Dictionary<string, double> before = Read(Name);
        StoredCheckpoint savepoint = await job.TakeSavepointAsync("now", TestContext.Current.CancellationToken);
        Dictionary<string, double> after = Read(Name);

        Assert.Equal(0, before["streamkit.job.checkpoints"]);
        Assert.DoesNotContain("streamkit.job.checkpoint_bytes", before);
        Assert.DoesNotContain("streamkit.job.checkpoint_duration", before);
        Assert.Equal(1, after["streamkit.job.checkpoints"]);
        Assert.Equal(0, after["streamkit.job.failed_checkpoints"]);
        Assert.Equal(0, after["streamkit.job.restarts"]);
        Assert.Equal(savepoint.Bytes, after["streamkit.job.checkpoint_bytes"]);
        Assert.Equal(job.GetCheckpointStatus().LastDuration.TotalSeconds, after["streamkit.job.checkpoint_duration"]);
        await job.StopAsync(StopMode.Abort, TestContext.Current.CancellationToken);
        Assert.Empty(Read(Name));
    }

    private static Dictionary<string, double> Read(string job)
    {
        Dictionary<string, double> seen = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listening) =>
        {
            if (instrument.Name.StartsWith("streamkit.job.", StringComparison.Ordinal))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;

        void Keep(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if ((string?)tags[0].Value == job)
            {
                seen.Add(instrument, value);
            }
        }
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using StreamKit.Diagnostics;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>How far a job is behind, and for how long it has been waiting, in its snapshot and its meter.</summary>
public class StandingTests
{
    private const int Noon = 43_200;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddSeconds(Noon));
    private readonly FedSplit _one = new("one");

    [Fact]
    public async Task TheLagIsTheDistanceFromTheWatermarkToTheClockAtTheStepThatMakesIt()
    {
        await using StreamJob job = Start(timed => timed
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .Count().Named("counts")
            .To(new ScriptedSink<WindowResult<string, long>>()));
        Assert.Null(job.GetMetrics().WatermarkLag);

        _one.Feed(Noon - 10);
        await Eventually.TrueAsync(() => job.GetMetrics().WatermarkLag is not null, "there is a watermark");
        Assert.Equal(TimeSpan.FromSeconds(15), job.GetMetrics().WatermarkLag);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(45), job.GetMetrics().WatermarkLag);
        Assert.All(job.GetMetrics().Of("counts"), static lane => Assert.Null(lane.WatermarkLag));
        Assert.Equal([("time", 45.0)], Read(job.Name, "streamkit.operator.watermark_lag"));
        _one.End();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Null(job.GetMetrics().WatermarkLag);
    }

    [Fact]
    public async Task WhoeverWaitsForASinkSaysForHowLong()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamJob job = Start(timed =>
            timed.To(new ScriptedSink<At> { OnWrite = token => gate.Task.WaitAsync(token) }, "archive"));
        Assert.All(job.GetMetrics().Operators, static o => Assert.Equal(TimeSpan.Zero, o.Blocked));

        _one.Feed(Noon);
        await Eventually.TrueAsync(
            () => job.GetMetrics().Of("archive").Single().RecordsIn == 1, "the sink was given the record");
        await Eventually.TrueAsync(
            _clock,
            TimeSpan.FromSeconds(1),
            () => job.GetMetrics().Of("archive").Single().Blocked >= TimeSpan.FromSeconds(90),
            "it has been waiting for 90 seconds");
        List<(string Step, double Value)> shown = Read(job.Name, "streamkit.operator.blocked_duration");
        Assert.Contains(("archive", job.GetMetrics().Of("archive").Single().Blocked.TotalSeconds), shown);
        Assert.Equal(TimeSpan.Zero, job.GetMetrics().Of("time").Single().Blocked);

        gate.SetResult();
        await Eventually.TrueAsync(
            () => job.GetMetrics().Of("archive").Single().Blocked == TimeSpan.Zero, "it waits no more");
        _one.End();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    // Prometheus gives each series a label "job" of its own, and would move another out of the way.
    [Fact]
    public async Task NoTagHasANameThatPrometheusKeepsForItself()
    {
        HashSet<string> tags = [];
        await using StreamJob job = Start(static timed => timed.ForEach(static _ => { }));
        using MeterListener listener = Listen(
            static _ => true, (_, _, all) => tags.UnionWith(all.ToArray().Select(static tag => tag.Key)));
        Assert.Superset(new HashSet<string> { "pipeline", "operator", "subtask" }, tags);
        Assert.DoesNotContain("job", tags);
        Assert.DoesNotContain("instance", tags);
    }

    [Fact]
    public void TheNameOfTheMeterIsPublic() => Assert.Equal(Instruments.MeterName, JobMetrics.MeterName);

    private static List<(string Step, double Value)> Read(string pipeline, string instrument)
    {
        List<(string, double)> seen = [];
        using MeterListener listener = Listen(
            name => name == instrument,
            (_, value, tags) =>
            {
                Dictionary<string, object?> byName = new(tags.ToArray());
                if ((string?)byName["pipeline"] == pipeline)
                {
                    seen.Add(((string)byName["operator"]!, value));
                }
            });
        return seen;
    }

    private delegate void Seen(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);

    private static MeterListener Listen(Func<string, bool> wanted, Seen seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == JobMetrics.MeterName && wanted(instrument.Name))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => seen(instrument.Name, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return listener;
    }

    private StreamJob Start(Action<DataStream<At>> write)
    {
        StreamBuilder builder = StreamBuilder.Create($"standing-{Guid.NewGuid()}");
        write(builder.From(new ScriptedSource<At>(_one.Reader), "tweets")
            .WithEventTime(At.TimeOf, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
            .Named("time"));
        return builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 2 });
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using StreamKit.Connectors;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>
/// Event time in whole jobs: silence, the future, splits that come back, and how all that is counted.
/// </summary>
public class EventTimeJobTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddSeconds(1_000));
    private readonly ScriptedSink<WindowResult<string, long>> _sink = new();
    private readonly FedSplit _one = new("one");
    private readonly FedSplit _other = new("other");

    [Fact]
    public async Task TheLastWindowClosesWhenNothingComesAnyMore()
    {
        WatermarkStrategy silent = Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5))
            .AdvanceWhenSilent(TimeSpan.FromSeconds(30));
        await using StreamJob job = Start(builder =>
            Count(builder.From(new ScriptedSource<At>(_one.Reader)).WithEventTime(At.TimeOf, silent), 60).To(_sink));
        _one.Feed(10, 20);
        await CountedAsync(job, 2);
        DateTimeOffset heard = _clock.GetUtcNow();
        await Eventually.TrueAsync(
            _clock, TimeSpan.FromSeconds(1), () => _sink.Records.Count == 1, "the window closed by the clock");

        // From 15 s of event time to 60 s, after 30 s of silence.
        Assert.True(_clock.GetUtcNow() - heard >= TimeSpan.FromSeconds(30 + 45));
        Assert.Equal(2, _sink.Records[0].Value);
        _one.Feed(30);
        await Eventually.TrueAsync(() => job.GetMetrics().LateRecords == 1, "what comes then is late");
        Assert.Equal(
            1, job.GetMetrics().Of("counts").Sum(static o => o.LateRecordsOf(LateReason.IdleInputRejoined)));
    }

    [Fact]
    public async Task WithoutAskingForItSilenceClosesNothing()
    {
        await using StreamJob job = Start(builder => Count(
            builder.From(new ScriptedSource<At>(_one.Reader)).WithEventTime(At.TimeOf, Watermarks.Monotonic()), 60)
            .To(_sink));
        _one.Feed(10, 20);
        await CountedAsync(job, 2);
        _clock.Advance(TimeSpan.FromDays(30));
        _one.Feed(21);
        await CountedAsync(job, 3);
        Assert.Empty(_sink.Records);
    }

    [Fact]
    public async Task RecordsFromTheFutureAreAStreamOfTheirOwn()
    {
        List<Late<At>> seen = [];
        await using StreamJob job = Start(builder =>
        {
            DataStream<At> timed = builder.From(new ScriptedSource<At>(_one.Reader)).WithEventTime(
                At.TimeOf,
                Watermarks.Monotonic().WithFutureGuard(TimeSpan.FromMinutes(1), FuturePolicy.SideOutput),
                out DataStream<Late<At>> future).Named("time");
            Count(timed, 60).To(_sink);
            future.ForEach(seen.Add);
        });
        _one.Feed(990, 1_061, 995, 1_060).End();
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(3, _sink.Records.Sum(static w => w.Value));
        Late<At> late = Assert.Single(seen);
        Assert.Equal((1_061, LateReason.FutureGuard), (late.Value.Second, late.Reason));
        OperatorMetrics time = Assert.Single(job.GetMetrics().Of("time"));
        Assert.Equal((1, 1), (time.FutureRecords, time.LateRecordsOf(LateReason.FutureGuard)));
        Assert.Equal(0, time.PartlyLateRecordsOf(LateReason.FutureGuard));
        Assert.Equal(0, job.GetMetrics().LateRecords);
    }

    [Fact]
    public void TheGuardAndTheStreamOfTheFutureNeedEachOther()
    {
        StreamBuilder builder = StreamBuilder.Create("future");
        WatermarkStrategy guarded =
            Watermarks.Monotonic().WithFutureGuard(TimeSpan.Zero, FuturePolicy.SideOutput);
        builder.From([new At(1, "a")]).WithEventTime(At.TimeOf, guarded).Named("no-stream").ForEach(static _ => { });
        builder.From([new At(1, "a")])
            .WithEventTime(At.TimeOf, Watermarks.Monotonic(), out DataStream<Late<At>> future).Named("no-guard")
            .ForEach(static _ => { });
        future.ForEach(static _ => { });
        string mistakes = Assert.Throws<PipelineException>(builder.Build).Message;

        Assert.Contains("'no-stream' has a future guard", mistakes, StringComparison.Ordinal);
        Assert.Contains("out var future", mistakes, StringComparison.Ordinal);
        Assert.Contains("'no-guard' has a stream of records from the future", mistakes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInputThatComesBackToAMergeIsNamedAsTheReason()
    {
        int told = 0;
        List<LateReason> reasons = [];
        WatermarkStrategy patient = Watermarks.Monotonic().WithIdleness(TimeSpan.FromSeconds(30));
        await using StreamJob job = Start(builder =>
        {
            DataStream<At> one = builder.From(new ScriptedSource<At>(_one.Reader)).WithEventTime(At.TimeOf, patient);
            DataStream<At> other = builder.From(new ScriptedSource<At>(_other.Reader))
                .WithEventTime(At.TimeOf, patient);
            one.Merge(other)
                .KeyBy(static r => r.Key)
                .Window(TimeWindows.Hopping(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10)))
                .SideOutputLate(out DataStream<Late<At>> late)
                .Count().Named("counts").To(_sink);
            late.ForEach(record =>
            {
                reasons.Add(record.Reason);
                Volatile.Write(ref told, reasons.Count);
            });
        });
        _other.Feed(1);
        int second = 100;
        await Eventually.TrueAsync(
            _clock,
            TimeSpan.FromSeconds(1),
            () =>
            {
                _one.Feed(++second);
                return _sink.Records.Any(static w => w.Key == "one");
            },
            "the silent one was left behind");
        await Eventually.TrueAsync(() => _one.LastSecond == second, "all is read");
        _other.Feed(2);
        await Eventually.TrueAsync(() => job.GetMetrics().LateRecords == 1, "it comes back");
        await Eventually.TrueAsync(() => Volatile.Read(ref told) == 1, "it has come out before the other is late");
        _one.Feed(5);
        await Eventually.TrueAsync(() => job.GetMetrics().LateRecords == 2, "the other is late by itself");
        Dictionary<string, double> byReason = ReadLate(job.Name);
        _one.End();
        _other.End();
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal([LateReason.IdleInputRejoined, LateReason.BehindWatermark], reasons);
        IEnumerable<OperatorMetrics> lanes = job.GetMetrics().Of("counts").ToList();
        Assert.Equal(1, lanes.Sum(static o => o.LateRecordsOf(LateReason.IdleInputRejoined)));
        Assert.Equal(1, lanes.Sum(static o => o.LateRecordsOf(LateReason.BehindWatermark)));
        Assert.Equal(0, lanes.Sum(static o => o.PartlyLateRecordsOf(LateReason.IdleInputRejoined)));
        Assert.Throws<ArgumentOutOfRangeException>(() => lanes.First().LateRecordsOf((LateReason)99));
        Assert.Equal(
            new Dictionary<string, double> { ["behind_watermark"] = 1, ["idle_input_rejoined"] = 1 }, byReason);
    }

    [Fact]
    public async Task SplitsThatEndWhileOthersMayComeLeaveNothingBehind()
    {
        SourceContext<At>? context = null;
        await using StreamJob job = Start(builder => Count(
            builder.From(
                new ScriptedSource<At>
                {
                    OnOpen = (given, _) =>
                    {
                        context = given;
                        given.MoreSplitsMayCome = true;
                        return Task.CompletedTask;
                    },
                },
                "files").WithEventTime(At.TimeOf, Watermarks.Monotonic()),
            10).To(_sink));
        await Eventually.TrueAsync(() => context is not null, "the source is open");
        for (int i = 0; i < 30; i++)
        {
            context!.AddSplit(new FedSplit($"{i}").Feed(i).End().Reader);
            await CountedAsync(job, i + 1);
        }

        await Eventually.TrueAsync(() => job.Explain("counts").Splits.Count == 0, "all are forgotten");
        OperatorExplanation it = job.Explain("counts");
        Assert.Equal(WaitReason.AllIdle, it.Reason);
        Assert.Contains("Every split that there was has ended", it.ToString(), StringComparison.Ordinal);
        Assert.False(job.Completion.IsCompleted);
        context!.MoreSplitsMayCome = false;
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(30, _sink.Records.Sum(static w => w.Value));
        Assert.Equal(0, job.GetMetrics().LateRecords);
    }

    [Fact]
    public async Task ASplitMayBringItsWatermark()
    {
        SourceContext<At>? context = null;
        await using StreamJob job = Start(builder => Count(
            builder.From(
                new ScriptedSource<At>(_one.Reader)
                {
                    OnOpen = (given, _) =>
                    {
                        context = given;
                        return Task.CompletedTask;
                    },
                },
                "partitions").WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time"),
            10).To(_sink));
        _one.Feed(100);
        await CountedAsync(job, 1);
        context!.AddSplit(_other.Reader, Timestamp.FromUnixTimeSeconds(150));
        await Eventually.TrueAsync(() => job.Explain("time").Splits.Count == 2, "the split is there");
        _one.Feed(200);
        await Eventually.TrueAsync(
            () => job.Explain("time").Watermark == Timestamp.FromUnixTimeSeconds(150), "the stored watermark holds it");
        _one.End();
        _other.End();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    private static Dictionary<string, double> ReadLate(string job)
    {
        Dictionary<string, double> seen = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listening) =>
        {
            if (instrument.Name == "streamkit.operator.late_records")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            Dictionary<string, object?> byName = new(tags.ToArray());
            if ((string?)byName["pipeline"] == job && (string?)byName["operator"] == "counts")
            {
                string reason = (string)byName["reason"]!;
                seen[reason] = seen.GetValueOrDefault(reason) + value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    private static Task CountedAsync(StreamJob job, int records) => Eventually.TrueAsync(
        () => job.GetMetrics().Of("counts").Sum(static lane => lane.RecordsIn) == records, "the records are counted");

    private static DataStream<WindowResult<string, long>> Count(DataStream<At> stream, int seconds) => stream
        .KeyBy(static r => r.Key)
        .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(seconds)))
        .Count().Named("counts");

    private StreamJob Start(Action<StreamBuilder> write)
    {
        StreamBuilder builder = StreamBuilder.Create($"job-{Guid.NewGuid()}");
        write(builder);
        return builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 2 });
    }
}

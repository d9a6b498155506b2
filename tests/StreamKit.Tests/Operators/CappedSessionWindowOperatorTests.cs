using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Laws;
using StreamKit.Tests.Oracle;
using StreamKit.Windowing;
using Element = StreamKit.Tests.Oracle.OracleElement<int, int>;
using Result = StreamKit.Windowing.WindowResult<int, string>;

namespace StreamKit.Tests.Operators;

/// <summary>What fails leaves no trace, what is refused waits, what has expired is not held.</summary>
public class CappedSessionWindowOperatorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RecordsThatFailLeaveNoTraceWhateverTheReceiverRefuses(bool inPredicate) =>
        Law.Holds(CappedArbitraries.Hasty(), hasty =>
        {
            StreamCase stream = hasty.Case.Stream with { EarlyFirings = [] };
            OracleSessionCaps caps = hasty.Case.Caps;
            var oracle = new OracleCappedSessions(caps, stream.Lateness, stream.Mode);
            var random = new Random(stream.Elements.Count);
            var results = new RecordingReceiver<Result>(() => random.Next(3) == 0);
            var late = new RecordingReceiver<Late<Element>>(() => random.Next(2) == 0);
            var bench = new Bench(batchSize: 2);
            Receiver<Batch<Element>> head = Create(
                caps, Options(stream), bench, (results, late), failsInPredicate: inPredicate);
            foreach (StreamStep step in EngineRun.Steps(stream))
            {
                Feed(head, bench, step);
                CappedRun.Feed(oracle, WithoutFailing(step));
            }

            // A record that is late is not aggregated, so it is not refused.
            IEnumerable<int> isLate = late.Values.Select(l => l.Value.Value);
            Assert.Equal(
                stream.Elements.Select(e => e.Value).Where(Fails).Except(isLate),
                bench.Errors.Failed.Select(f => ((Element)f.Record!).Value));
            Assert.Equal(
                oracle.Panes.Select(p => p.ToString()),
                results.Values.Select(w => EngineRun.ToOracle(w).ToString()));
            Assert.Equal(
                oracle.Late.Select(EngineRun.ToText),
                late.Values.Where(l => !Fails(l.Value.Value)).Select(EngineRun.ToText));
            Assert.True(head.HoldsNothing);
        });

    [Fact]
    public void AJobThatIsToFailFailsByTheNameOfTheStep()
    {
        var bench = new Bench(goesOn: false);
        Receiver<Batch<Element>> head = Create(
            new OracleSessionCaps(5, 8), options: null, bench, (new(), new()), failsInPredicate: true);

        StreamException error = Assert.Throws<StreamException>(() => bench.Push(head, [(0L, new Element(1, 0, 3))]));
        Assert.Equal("window", error.Operator);
    }

    [Fact]
    public void AMomentThatTheTotalCannotTakeIsReportedAndTheRestIsSaid()
    {
        // The two sums are fine alone; the record between them makes one session of both.
        Bench bench = new();
        Assert.Equal([(0L, 13L, int.MaxValue - 1L)], Sums(bench, (0, int.MaxValue), (8, int.MaxValue), (4, -1)));
        Assert.Equal(8L, Assert.Single(bench.Errors.Failed).Timestamp);
    }

    [Fact]
    public void ARecordThatOnlyItsMomentRefusesIsTakenOutOfTheTotalAgain()
    {
        Bench bench = new();
        Assert.Equal([(0L, 7L, int.MaxValue - 5L)], Sums(bench, (0, -5), (2, int.MaxValue), (2, 3)));
        Assert.Equal(3, ((Element)Assert.Single(bench.Errors.Failed).Record!).Value);
    }

    [Fact]
    public void ABotIsHeldForItsLongestDurationAndTheLatenessHoweverLongItGoesOn()
    {
        const long Most = 50, Lateness = 20;
        var bench = new Bench();
        var window = Window(
            new OracleSessionCaps(5, Most), new WindowOptions(null!) { LatenessTicks = Lateness }, bench,
            new RecordingReceiver<Result>(), null, failsInPredicate: false);
        Receiver<Batch<Element>> head = new KeyByOperator<int, Element>(e => e.Key, [window], bench.Context());
        for (long at = 0; at < 10_000; at++)
        {
            bench.Push(head, [(at, new Element(1, at, 0))]);
            bench.Push(head, Signal.Watermark(at));
            Assert.InRange(window.HeldMoments, 1, Most + Lateness + 1);
        }

        bench.Push(head, Signal.Watermark(20_000));
        Assert.Equal(0, window.HeldMoments);
        Assert.True(head.HoldsNothing);
    }

    [Fact]
    public void OneInstantIsHeldOnceHoweverManyRecordsItHas()
    {
        var bench = new Bench();
        var window = Window(
            new OracleSessionCaps(5, 50), options: null, bench, new RecordingReceiver<Result>(), null,
            failsInPredicate: false);
        Receiver<Batch<Element>> head = new KeyByOperator<int, Element>(e => e.Key, [window], bench.Context());
        bench.Push(head, Enumerable.Range(0, 1_000).Select(i => ((long)(i % 3), new Element(1, i % 3, 0))));
        Assert.Equal(3, window.HeldMoments);
    }

    private static IEnumerable<(long Start, long End, long Sum)> Sums(
        Bench bench, params IReadOnlyList<(long Ticks, int Value)> records)
    {
        var results = new RecordingReceiver<WindowResult<int, long>>();
        var window = new CappedSessionWindowOperator<int, Element, long, long, SumOfValues>(
            new WindowOptions(new CappedSessionAssigner(new SessionCut(5, 100))), default, results, null,
            bench.Context("window"));
        Receiver<Batch<Element>> head = new KeyByOperator<int, Element>(e => e.Key, [window], bench.Context());
        bench.Push(head, records.Select(r => (r.Ticks, new Element(1, r.Ticks, r.Value))));
        bench.Push(head, Signal.Watermark(50));
        return results.Values.Select(w => (w.Window.StartTime.Ticks, w.Window.EndTime.Ticks, w.Value));
    }

    private static bool Fails(int value) => value % 4 == 3;

    private static StreamStep WithoutFailing(StreamStep step) => step is StreamStep.Batch batch
        ? new StreamStep.Batch([.. batch.Elements.Where(e => !Fails(e.Value))])
        : step;

    private static WindowOptions Options(StreamCase stream) => new(null!)
    {
        LatenessTicks = stream.Lateness,
        Mode = (PaneMode)stream.Mode,
    };

    private static Receiver<Batch<Element>> Create(
        OracleSessionCaps caps,
        WindowOptions? options,
        Bench bench,
        (RecordingReceiver<Result> Results, RecordingReceiver<Late<Element>> Late) outputs,
        bool failsInPredicate) => new KeyByOperator<int, Element>(
        e => e.Key,
        [Window(caps, options, bench, outputs.Results, outputs.Late, failsInPredicate)],
        bench.Context());

    private static CappedSessionWindowOperator<int, Element, List<(long Ticks, int Value)>, string, FailingList> Window(
        OracleSessionCaps caps,
        WindowOptions? options,
        Bench bench,
        RecordingReceiver<Result> results,
        RecordingReceiver<Late<Element>>? late,
        bool failsInPredicate)
    {
        var assigner = new MarkedSessionAssigner<Element>(
            new SessionCut(caps.Gap, caps.MaxDuration),
            e => failsInPredicate && Fails(e.Value) ? throw new FormatException() : caps.Ends(e.Value));
        return new(
            options is null ? new WindowOptions(assigner) : options with { Assigner = assigner },
            default,
            results,
            late,
            bench.Context("window"));
    }

    private static void Feed(Receiver<Batch<Element>> head, Bench bench, StreamStep step)
    {
        switch (step)
        {
            case StreamStep.Batch batch:
                bench.Push(head, batch.Elements.Select(e => (e.Timestamp, e)));
                break;
            case StreamStep.Watermark watermark:
                bench.Push(head, Signal.Watermark(watermark.Value));
                break;
        }
    }

    private readonly struct FailingList : IWindowAggregator<Element, List<(long Ticks, int Value)>, string>
    {
        public List<(long Ticks, int Value)> Create() => [];

        public void Add(ref List<(long Ticks, int Value)> accumulator, in Element record, in long timestamp)
        {
            if (Fails(record.Value))
            {
                accumulator = []; // Half done, as a composition is whose second part throws.
                throw new FormatException($"{record}");
            }

            accumulator.Add((timestamp, record.Value));
        }

        public void AddRun(Accumulators<List<(long Ticks, int Value)>> accumulators, Run<Element> run) =>
            throw new NotSupportedException("sessions add record by record");

        public void Merge(ref List<(long Ticks, int Value)> into, in List<(long Ticks, int Value)> from) =>
            into.AddRange(from);

        public string Result(in List<(long Ticks, int Value)> accumulator) =>
            string.Join(',', accumulator.OrderBy(a => a.Ticks).Select(a => a.Value));

        public void DeclareNeeds(StateNeeds needs) => needs.Add<List<(long Ticks, int Value)>>();

        public void Write(ref StateWriter writer, in List<(long Ticks, int Value)> accumulator) =>
            writer.Value(in accumulator);

        public List<(long Ticks, int Value)> Read(ref StateReader reader) =>
            reader.Value<List<(long Ticks, int Value)>>();
    }

    private readonly struct SumOfValues : IWindowAggregator<Element, long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in Element record, in long timestamp) =>
            Merge(ref accumulator, record.Value);

        public void AddRun(Accumulators<long> accumulators, Run<Element> run) =>
            throw new NotSupportedException("sessions add record by record");

        public void Merge(ref long into, in long from) =>
            into = into + from > int.MaxValue ? throw new OverflowException() : into + from;

        public long Result(in long accumulator) => accumulator;

        public void DeclareNeeds(StateNeeds needs) => needs.Add<long>();

        public void Write(ref StateWriter writer, in long accumulator) => writer.Value(in accumulator);

        public long Read(ref StateReader reader) => reader.Value<long>();
    }
}

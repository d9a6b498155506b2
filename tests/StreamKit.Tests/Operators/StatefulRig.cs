using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>One operator that remembers, which takes numbers: the key is the last digit, the time is given.</summary>
internal sealed class StatefulRig
{
    private readonly Bench _bench = new();
    private readonly List<Receiver<Batch<int>>> _heads = [];
    private Func<IEnumerable<string>> _seen = static () => [];
    private int _forgotten;

    public StatefulRig(string kind)
    {
        switch (kind)
        {
            case "batch":
                Keyed<IReadOnlyList<int>>((next, context) => new BatchOperator<int, int, IReadOnlyList<int>>(
                    4, 10, static (_, list) => [.. list], next, context));
                break;
            case "order":
                Keyed<int>((next, context) => new EventOrderOperator<int, int>(1_000, next, null, context));
                break;
            case "distinct":
                Keyed<int>((next, context) => new DistinctOperator<int, int>(8, 1_000, next, null, context));
                break;
            case "gaps":
                Gaps();
                break;
            case "ranking":
                Ranking();
                break;
            case "sessions":
                Sessions(new SessionAssigner(2), PaneMode.Retracting);
                break;
            case "capped sessions":
                Sessions(new CappedSessionAssigner(new SessionCut(12, 14)), PaneMode.Retracting);
                break;
            case "marked sessions":
                Sessions(SessionWindowsThatEnd(), PaneMode.Discarding);
                break;
            case "join":
                Join(new JoinSelectors<int, int, int, string>
                {
                    Pair = static (left, right) => $"{left}+{right}",
                    LeftAlone = static (left, _) => $"{left} alone",
                });
                break;
            case "group":
                Join(new JoinSelectors<int, int, int, string>
                {
                    Group = static (key, _, left, right) =>
                        $"{key}: {string.Join(' ', left)}|{string.Join(' ', right)}",
                });
                break;
            default:
                Clock();
                break;
        }
    }

    public static TheoryData<string> Kinds =>
    [
        "batch", "order", "distinct", "gaps", "ranking", "sessions", "capped sessions", "marked sessions", "join",
        "group", "clock",
    ];

    public SubtaskState State { get; } = new(new StateTypes());

    /// <summary>What has come out since it was last forgotten.</summary>
    public IReadOnlyList<string> Seen => [.. _seen().Skip(_forgotten)];

    public static Receiver<KeyedBatch<int, int>> OpenSessions(
        WindowOptions options, Receiver<Batch<WindowResult<int, double>>> next, OperatorContext context) =>
        Parts.Sum<int>(static number => number / 10.0).Accept(new Creation(options, next, context));

    /// <summary>Brings it into the middle of its work.</summary>
    public void Fill()
    {
        At(3);
        Push(0, 40);
        Send(Signal.Watermark(22));
        At(5);
        Push(14, 18);
        Push(31, 36);
        Send(Signal.Drained);
        _forgotten = _seen().Count();
    }

    /// <summary>Goes on from there to the end.</summary>
    public void GoOn()
    {
        At(9);
        Push(19, 21);
        Push(28, 44);
        Send(Signal.Watermark(31));
        Push(26, 29);
        At(14);
        Send(Signal.Watermark(43));
        At(40);
        Send(Signal.Watermark(long.MaxValue));
        Send(Signal.End);
    }

    /// <summary>What it remembers, all of it written.</summary>
    public IReadOnlyList<OperatorSnapshot> Save()
    {
        IReadOnlyList<OperatorSnapshot> all = State.Save();
        foreach (OperatorSnapshot saved in all)
        {
            saved.Complete();
        }

        return all;
    }

    /// <summary>Takes up what another one remembered at this instant.</summary>
    public void TakeUp(params IReadOnlyList<IReadOnlyList<OperatorSnapshot>> lanes)
    {
        _bench.Clock.Now = 5;
        State.Restore(name => SavedStates.ToState(lanes.Select(lane => lane.Single(saved => saved.Name == name))));
    }

    /// <summary>Tells it what time it is.</summary>
    public void At(long now)
    {
        _bench.Clock.Now = now;
        Send(Signal.ProcessingTime(now));
    }

    public void Push(params IEnumerable<(long Timestamp, int Value)> records)
    {
        foreach ((long timestamp, int value) in records)
        {
            _bench.Push(_heads[value % _heads.Count], [(timestamp, value)]);
        }
    }

    public void Send(Signal signal) => _bench.Push(_heads[0], signal);

    private static MarkedSessionAssigner<int> SessionWindowsThatEnd() =>
        new(new SessionCut(12), static number => number % 7 == 0);

    // Some records of each key at nearly every instant, not quite in order, and several with one time.
    private void Push(int from, int to) =>
        Push(Enumerable.Range(from, to - from).Select(static n => ((long)(n ^ 1), (n * 7 % 20) + (n / 3))));

    private RecordingReceiver<T> Record<T>()
    {
        var next = new RecordingReceiver<T>();
        _seen = () => next.Elements.Select(static element => element.Signal is { } signal
            ? signal.ToString()
            : $"{element.Timestamp} {Describe(element.Value)}");
        return next;
    }

    private static string Describe<T>(T value) => value switch
    {
        IReadOnlyList<int> list => string.Join(' ', list),
        WindowRanking<int, int> ranking => $"{ranking.Window} {ranking.Pane}: {string.Join(' ', ranking.Items)}",
        _ => $"{value}",
    };

    private void Keyed<T>(Func<Receiver<Batch<T>>, OperatorContext, Receiver<KeyedBatch<int, int>>> create) =>
        _heads.Add(KeyBy(create(Record<T>(), _bench.Context("step", State))));

    private KeyByOperator<int, int> KeyBy(Receiver<KeyedBatch<int, int>> next) =>
        new(static number => number % 10, [next], _bench.Context());

    private void Gaps()
    {
        var gaps = new FillGapsOperator<int, int>(
            new GapOptions<int, int>(new HoppingAssigner(5, 5, 0), 12, static (last, _) => last.Value + 100)
            {
                LatenessTicks = 15,
                Retracts = true,
            },
            Record<WindowResult<int, int>>(),
            _bench.Context("step", State));
        var keys = new KeyByOperator<int, WindowResult<int, int>>(static r => r.Key, [gaps], _bench.Context());
        _heads.Add(new SelectOperator<int, WindowResult<int, int>>(ResultOf, keys, _bench.Context()));
    }

    private void Ranking()
    {
        var ranking = new RankingOperator<int, int, int>(
            new RankingOptions<int, int, int>(3, static result => result.Value)
            {
                LatenessTicks = 15,
                EarlyEveryTicks = 8,
                KeysRepeat = true,
            },
            Record<WindowRanking<int, int>>(),
            _bench.Context("step", State));
        _heads.Add(new SelectOperator<int, WindowResult<int, int>>(ResultOf, ranking, _bench.Context()));
    }

    private static WindowResult<int, int> ResultOf(int number) => new(
        number % 10, Window.OfTicks(number / 5 * 5, (number / 5 * 5) + 5), number, new Pane(PaneTiming.OnTime, 0));

    private void Sessions(WindowAssigner windows, PaneMode mode)
    {
        var options = new WindowOptions(windows) { LatenessTicks = 15, Mode = mode, EarlyEveryTicks = 8 };
        Keyed<WindowResult<int, double>>((next, context) =>
            OpenSessions(options, next, context));
    }

    private void Join(JoinSelectors<int, int, int, string> selectors)
    {
        var join = new JoinOperator<int, int, int, string>(
            new JoinOptions(new HoppingAssigner(10, 5, 0)) { LatenessTicks = 10 },
            selectors,
            Record<string>(),
            null,
            null,
            _bench.Context("step", State));
        _heads.Add(KeyBy(new JoinInput<int, int, JoinBatch<int, int, int>>(JoinBatch<int, int, int>.OfLeft, join)));
        _heads.Add(KeyBy(new JoinInput<int, int, JoinBatch<int, int, int>>(JoinBatch<int, int, int>.OfRight, join)));
    }

    private void Clock()
    {
        var windows = new SessionAssigner(4);
        var clock = new ProcessingClock(windows, _bench.Clock);
        Keyed<WindowResult<int, double>>((next, context) => new ProcessingTimeOperator<int, int>(
            OpenSessions(
                new WindowOptions(windows),
                new UnfinishedWindowOperator<int, double>(next, clock, _bench.Context()),
                context),
            clock,
            context));
    }

    private sealed class Creation(
        WindowOptions options, Receiver<Batch<WindowResult<int, double>>> next, OperatorContext context)
        : IAggregatorVisitor<int, double, Receiver<KeyedBatch<int, int>>>
    {
        public Receiver<KeyedBatch<int, int>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, double> => options.Assigner is SessionAssigner
                ? new SessionWindowOperator<int, int, TAcc, double, TAggregator>(
                    options, aggregator, next, null, context)
                : new CappedSessionWindowOperator<int, int, TAcc, double, TAggregator>(
                    options, aggregator, next, null, context);
    }
}

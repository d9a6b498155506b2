using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>
/// State that leaves memory. That results are what they would be without is seen to by every law that is replayed with
/// state that leaves memory.
/// </summary>
public sealed class SpillingTests : IDisposable
{
    private const int Keys = 500;

    private readonly SpillLog _log = new();
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<WindowResult<int, long>> _next = new();
    private readonly List<StateSpace> _spaces = [];

    public void Dispose() => _spaces.ForEach(static space => space.Dispose());

    [Fact]
    public void KeysComeByGroupAndInEachInTheOrderInWhichTheyCame()
    {
        Receiver<Batch<int>> head = Window(TimeWindowsOf(10, 10));
        int[] records = [.. Enumerable.Range(0, 2 * Keys).Select(i => i * 7 % Keys)];
        _bench.Push(head, records.Select(key => (1L, key)));
        _bench.Push(head, Signal.Watermark(10));

        Assert.Equal(
            records.Distinct().OrderBy(key => KeyGroups.GroupOf(KeyHashers.For<int>().Hash(key, 1))),
            _next.Values.Select(w => w.Key));
        Assert.All(_next.Values, w => Assert.Equal(2 * w.Key, w.Value));
    }

    [Fact]
    public void RunsAreMergedBeforeTheyAreManyAndGoWithTheirWindow()
    {
        Receiver<Batch<int>> head = Window(TimeWindowsOf(10, 5));
        for (int i = 0; i < 1000; i++)
        {
            _bench.Push(head, [(6L, i % 3)]);

            // Seven of each of the levels that 1, 8, 64 and 512 batches are on.
            Assert.InRange(_log.Runs, 1, 4 * 7);
        }

        Assert.True(_log.Written > 1000);
        _bench.Push(head, Signal.Watermark(10));
        Assert.InRange(_log.Runs, 1, 4 * 7);
        _bench.Push(head, Signal.Watermark(15));
        Assert.Equal(0, _log.Runs);
        Assert.True(head.HoldsNothing);
        Assert.Equal([0L, 0, 333, 333, 666, 666], _next.Values.Select(w => w.Value).Order());
    }

    [Fact]
    public void PartsThatCannotBeMergedAreReportedWhenTheWindowCloses()
    {
        Receiver<Batch<int>> head = Window(
            TimeWindowsOf(10, 10), Parts.Sum<int>(static n => n < 0 ? long.MaxValue : n), static n => Math.Abs(n));
        for (int i = 0; i < 20; i++)
        {
            _bench.Push(head, [(1L, -1), (1L, 2)]);
        }

        Assert.Empty(_bench.Errors.Failed);
        _bench.Push(head, Signal.Watermark(10));
        Assert.Equal("1", Assert.Single(_bench.Errors.Failed).Key);
        Assert.Equal((2, 40L), Assert.Single(_next.Values.Select(w => (w.Key, w.Value))));
        Assert.Equal(0, _log.Runs);
    }

    [Fact]
    public void ARecordThatIsTooLateForASpilledWindowGoesWhereLateRecordsGo()
    {
        var late = new RecordingReceiver<Late<int>>();
        Receiver<Batch<int>> head = Window(TimeWindowsOf(10, 5), late: late);
        _bench.Push(head, [(6L, 1), (7L, 1)]);
        _bench.Push(head, Signal.Watermark(10));
        _bench.Push(head, [(8L, 1), (4L, 1)]);
        _bench.Push(head, Signal.Watermark(15));

        // The record at 8 missed the window up to 10, and is in the one up to 15.
        Assert.Equal([true, false], late.Values.Select(static l => l.AcceptedByOthers));
        Assert.Equal([2L, 3L], _next.Values.Select(w => w.Value));
    }

    [Fact]
    public void WindowsThatMaySpeakAgainStayInMemory()
    {
        Receiver<Batch<int>> head = Window(TimeWindowsOf(10, 10) with { LatenessTicks = 5 });
        _bench.Push(head, Enumerable.Range(0, Keys).Select(key => (1L, key)));
        Assert.Equal(0, _log.Written);
    }

    [Fact]
    public void WhoHasLittleIsLeftAloneByWhoHasMuch()
    {
        var budget = new StateBudget(1000);
        StateShare much = Share(budget), little = Share(budget);
        much.Set(900);
        little.Set(240);

        Assert.True(much.MustSpill);
        Assert.False(little.MustSpill);
        Assert.True(little.WouldSpill(20));
        much.Set(100);
        Assert.False(little.WouldSpill(20));
        little.Release();
        Assert.Equal(100, budget.UsedBytes);
    }

    [Fact]
    public void ASpaceThatIsDisposedHoldsNoMemory()
    {
        var budget = new StateBudget(1000);
        var space = new StateSpace(budget, _log, StateTypes.OfOneProcess(), "job");
        space.OpenShare().Set(500);
        space.Dispose();
        Assert.Equal(0, budget.UsedBytes);
    }

    private static WindowOptions TimeWindowsOf(long size, long every) => new(new HoppingAssigner(size, every, 0));

    private StateShare Share(StateBudget budget)
    {
        var space = new StateSpace(budget, _log, StateTypes.OfOneProcess(), "job");
        _spaces.Add(space);
        return space.OpenShare();
    }

    private Receiver<Batch<int>> Window(
        WindowOptions options,
        AggregatorPart<int, long>? part = null,
        Func<int, int>? key = null,
        Receiver<Batch<Late<int>>>? late = null)
    {
        var space = new StateSpace(new StateBudget(maxBytes: 0), _log, StateTypes.OfOneProcess(), "job");
        _spaces.Add(space);
        OperatorContext context = _bench.Context(space: space);
        part ??= key is null && late is null ? Parts.Sum<int>(static n => n) : Parts.Count<int>();
        return new KeyByOperator<int, int>(
            key ?? (static n => n),
            [part.Accept(new Creation(options, _next, late, context))],
            _bench.Context());
    }

    private sealed class Creation(
        WindowOptions options,
        Receiver<Batch<WindowResult<int, long>>> next,
        Receiver<Batch<Late<int>>>? late,
        OperatorContext context) : IAggregatorVisitor<int, long, Receiver<KeyedBatch<int, int>>>
    {
        public Receiver<KeyedBatch<int, int>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, long> =>
            new SlicedWindowOperator<int, int, TAcc, long, TAggregator>(options, aggregator, next, late, context);
    }
}

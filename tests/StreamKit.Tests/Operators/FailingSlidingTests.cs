using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>
/// A record that an aggregator refuses counts as never come, and a result that cannot be computed spoils no other.
/// </summary>
public class FailingSlidingTests
{
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<WindowResult<int, string>> _next = new();

    private IEnumerable<string> Results => _next.Values.Select(static w => w.Value);

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    public void ARefusedRecordFillsNoWindow(int size, int every)
    {
        Receiver<Batch<int>> head = Counting(size, every, Parts.Of<int, string, string, Refusing>(default));
        _bench.Push(head, 1, 2, -3, 4, 5, -6, 7, 8);

        Assert.Equal(size == 3 ? ["1 2 4", "5 7 8"] : (string[])["1 2 4 5", "4 5 7 8"], Results);
        Assert.Equal([-3, -6], _bench.Errors.Failed.Select(static f => f.Record));
    }

    [Fact]
    public void AKeyOfRefusedRecordsOnlyIsNotKept()
    {
        Receiver<Batch<int>> head = Counting(3, 3, Parts.Of<int, string, string, Refusing>(default));
        _bench.Push(head, -1, -2);
        Assert.True(head.HoldsNothing);

        head = Looking(5, Parts.Of<int, string, string, Refusing>(default));
        _bench.Push(head, [(10L, -1), (11L, -2)]);
        _bench.Push(head, Signal.Watermark(12));
        Assert.True(head.HoldsNothing);
    }

    [Fact]
    public void ARefusedRecordIsSeenByNoLookBack()
    {
        Receiver<Batch<int>> head = Looking(5, Parts.Of<int, string, string, Refusing>(default));
        _bench.Push(head, [(10L, 1), (11L, -2), (12L, 3)]);
        _bench.Push(head, Signal.Watermark(20));

        Assert.Equal(["1", "1 3"], Results);
        Assert.Equal([-2], _bench.Errors.Failed.Select(static f => f.Record));
        Assert.True(head.HoldsNothing);
    }

    [Fact]
    public void ALateRecordThatIsRefusedIsAcceptedByNobody()
    {
        var late = new RecordingReceiver<Late<int>>();
        Receiver<Batch<int>> head = Looking(5, Parts.Of<int, string, string, Refusing>(default), late);
        _bench.Push(head, Signal.Watermark(10));
        _bench.Push(head, [(8L, -1), (8L, 2)]);

        Assert.Equal([false, true], late.Values.Select(static l => l.AcceptedByOthers));
    }

    [Fact]
    public void AListThatGrowsTooLongSilencesItsOwnLookBacksOnly()
    {
        Receiver<Batch<int>> head = Looking(3, Parts.List<int, int>(static n => n, 2), static list => string.Join(
            ' ', list));
        _bench.Push(head, [(1L, 1), (2L, 2), (3L, 3), (5L, 5), (6L, 6)]);
        _bench.Push(head, Signal.Watermark(long.MaxValue));

        Assert.Equal(["1", "1 2", "3 5", "5 6"], Results);
        Assert.Equal(3, Assert.Single(_bench.Errors.Failed).Record);
        Assert.True(head.HoldsNothing);
    }

    [Fact]
    public void ASumThatOverflowsInOneWindowIsRightInTheNext()
    {
        var next = new RecordingReceiver<WindowResult<int, long>>();
        var errors = new Bench();
        Receiver<Batch<int>> head = new KeyByOperator<int, int>(
            static _ => 0,
            [Parts.Sum<int>(static n => n == 9 ? long.MaxValue : n)
                .Accept(new CountCreation<long>(new CountAssigner(2, 1, PartialWindows.Drop), next, errors.Context()))],
            errors.Context());
        errors.Push(head, 1, 2, 9, 3, 4);

        Assert.Equal([3L, 7L], next.Values.Select(static w => w.Value));
        Assert.Equal(2, errors.Errors.Failed.Count);
    }

    [Fact]
    public void ASelectorThatFailsReportsItsRecord()
    {
        var next = new RecordingReceiver<string>();
        var head = new KeyByOperator<int, int>(
            static _ => 0,
            [Parts.Count<int>().Accept(new LookBackCreation<long, string>(
                5, static (n, w) => n == 2 ? throw new FormatException() : $"{n}:{w.Value}", next, null,
                _bench.Context()))],
            _bench.Context());
        _bench.Push(head, [(1L, 1), (2L, 2), (3L, 3)]);
        _bench.Push(head, Signal.Watermark(4));

        Assert.Equal(["1:1", "3:3"], next.Values);
        Assert.Equal(2, Assert.Single(_bench.Errors.Failed).Record);
    }

    private KeyByOperator<int, int> Counting(int size, int every, AggregatorPart<int, string> part) => new(
        static _ => 0,
        [part.Accept(new CountCreation<string>(
            new CountAssigner(size, every, PartialWindows.Drop), _next, _bench.Context()))],
        _bench.Context());

    private KeyByOperator<int, int> Looking(
        long length, AggregatorPart<int, string> part, Receiver<Batch<Late<int>>>? late = null) => new(
        static _ => 0,
        [part.Accept(new LookBackCreation<string, WindowResult<int, string>>(
            length, static (_, w) => w, _next, late, _bench.Context()))],
        _bench.Context());

    private KeyByOperator<int, int> Looking<TOut>(
        long length, AggregatorPart<int, TOut> part, Func<TOut, string> text) => new(
        static _ => 0,
        [part.Accept(new LookBackCreation<TOut, WindowResult<int, string>>(
            length,
            (_, w) => new WindowResult<int, string>(w.Key, w.Window, text(w.Value), w.Pane),
            _next,
            null,
            _bench.Context()))],
        _bench.Context());

    private readonly struct Refusing : IAggregator<int, string, string>
    {
        public string Create() => string.Empty;

        public void Add(ref string accumulator, in int record)
        {
            accumulator += accumulator.Length == 0 ? "" : " ";
            accumulator += record < 0 ? throw new FormatException() : $"{record}";
        }

        public void Merge(ref string into, in string from) =>
            into = into.Length == 0 || from.Length == 0 ? into + from : $"{into} {from}";

        public string Result(in string accumulator) => accumulator;
    }

    private sealed class CountCreation<TOut>(
        CountAssigner windows, Receiver<Batch<WindowResult<int, TOut>>> next, OperatorContext context)
        : IAggregatorVisitor<int, TOut, Receiver<KeyedBatch<int, int>>>
    {
        public Receiver<KeyedBatch<int, int>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, TOut> =>
            new CountWindowOperator<int, int, TAcc, TOut, TAggregator>(windows, aggregator, next, context);
    }

    private sealed class LookBackCreation<TOut, TResult>(
        long length,
        Func<int, WindowResult<int, TOut>, TResult> select,
        Receiver<Batch<TResult>> next,
        Receiver<Batch<Late<int>>>? late,
        OperatorContext context) : IAggregatorVisitor<int, TOut, Receiver<KeyedBatch<int, int>>>
    {
        public Receiver<KeyedBatch<int, int>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, TOut> =>
            new LookBackOperator<int, int, TAcc, TOut, TAggregator, TResult>(
                new LookBackAssigner(length), aggregator, select, next, late, context);
    }
}

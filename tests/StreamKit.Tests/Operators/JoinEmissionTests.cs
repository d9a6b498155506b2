using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>A join makes as many results as the output takes and goes on later; what fails costs itself.</summary>
public class JoinEmissionTests
{
    private const int HotRecords = 3000;

    [Fact]
    public void AHugeProductStopsAfterEveryBatchThatIsRefused()
    {
        var bench = new Bench(batchSize: 100);
        int answers = 0;
        var results = new RecordingReceiver<long>(() => ++answers % 2 == 0); // No to a batch, yes when asked again.
        JoinOperator<int, long, long, long> join = Join(bench, static (l, r) => (l * HotRecords) + r, results);
        Push(join, HotRecords, isLeft: true, refused: false);
        Push(join, HotRecords, isLeft: false, refused: false);

        Assert.False(join.OnSignal(Signal.Watermark(10)));
        for (int batches = 1; batches <= 50; batches++)
        {
            Assert.Equal(batches * 100, results.Elements.Count);
            Assert.Equal(
                Enumerable.Range(0, batches * 100).Select(static i => (long)i),
                results.Elements.Select(static e => e.Value));
            Assert.False(join.HoldsNothing);
            join.Resume();
        }

        Assert.DoesNotContain(results.Elements, static e => e.Signal is not null);
    }

    [Fact]
    public void AProductThatWasStoppedAgainAndAgainIsWholeAndComesBeforeItsWatermark()
    {
        const int records = 60;
        int answers = 0;
        var bench = new Bench(batchSize: 7);
        var results = new RecordingReceiver<long>(() => ++answers % 3 == 0);
        JoinOperator<int, long, long, long> join = Join(bench, static (l, r) => (l * records) + r, results);
        Push(join, records, isLeft: true, refused: true);
        Push(join, records, isLeft: false, refused: true);
        Settle(join, join.OnSignal(Signal.Watermark(10)));

        Assert.Equal(Enumerable.Range(0, records * records).Select(static i => (long)i), results.Values);
        Assert.Equal(Signal.Watermark(10), results.Elements[^1].Signal);
        Assert.All(results.Elements.SkipLast(1), static e => Assert.Equal(9, e.Timestamp));
        Assert.True(join.HoldsNothing);
    }

    [Fact]
    public void APairThatFailsIsReportedAndTheOthersAreNot()
    {
        var bench = new Bench(batchSize: 2);
        var results = new RecordingReceiver<long>();
        JoinOperator<int, long, long, long> join = Join(
            bench,
            static (l, r) => l == 1 && r == 2 ? throw new InvalidOperationException("no") : (l * 3) + r,
            results);
        Push(join, 3, isLeft: true, refused: false);
        Push(join, 3, isLeft: false, refused: false);
        join.OnSignal(Signal.Watermark(10));

        Assert.Equal([0, 1, 2, 3, 4, 6, 7, 8], results.Values);
        FailedRecord failed = Assert.Single(bench.Errors.Failed);
        Assert.Equal("no", failed.Exception.Message);
        Assert.Equal("7", failed.Key);
        Assert.Equal((1L, 2L), failed.Record);
    }

    [Fact]
    public void ARecordBeyondTheLimitIsReportedAndLeftOut()
    {
        var bench = new Bench(batchSize: 4);
        var results = new RecordingReceiver<long>();
        JoinOperator<int, long, long, long> join = Join(bench, static (l, r) => (l * 10) + r, results, limit: 2);
        Push(join, 3, isLeft: true, refused: false);
        Push(join, 1, isLeft: false, refused: false);
        join.OnSignal(Signal.Watermark(10));

        Assert.Equal([0, 10], results.Values);
        Assert.Equal(2L, Assert.Single(bench.Errors.Failed).Record);
    }

    [Fact]
    public void AWindowOfManyRecordsLeavesItsRoomToTheNextOne()
    {
        var bench = new Bench(batchSize: 512);
        var results = new RecordingReceiver<long>();
        JoinOperator<int, long, long, long> join = Join(bench, static (l, r) => l, results);
        Push(join, HotRecords, isLeft: true, refused: false);
        join.OnSignal(Signal.Watermark(10));
        Push(join, 1, isLeft: true, refused: false, at: 11);
        Push(join, 2, isLeft: false, refused: false, at: 12);
        join.OnSignal(Signal.Watermark(20));

        Assert.Equal([0, 0], results.Values);
        Assert.True(join.HoldsNothing);
    }

    private static JoinOperator<int, long, long, long> Join(
        Bench bench, Func<long, long, long> pair, RecordingReceiver<long> results, int limit = int.MaxValue) => new(
        new JoinOptions(new HoppingAssigner(10, 10, 0)) { LimitPerKey = limit },
        new JoinSelectors<int, long, long, long> { Pair = pair },
        results,
        null,
        null,
        bench.Context());

    private static void Push(
        JoinOperator<int, long, long, long> join, int count, bool isLeft, bool refused, long at = 5)
    {
        var pool = new BatchPool<long>(512);
        var keyed = new KeyedBatchPool<int, long>(512);
        foreach (int[] chunk in Enumerable.Range(0, count).Chunk(512))
        {
            Batch<long> records = pool.Rent();
            KeyedBatch<int, long> batch = keyed.Rent(records);
            foreach (int value in chunk)
            {
                batch.Keys[records.Count] = 7;
                batch.Hashes[records.Count] = 7;
                records.Add(at, value);
            }

            bool takesMore = join.OnBatch(isLeft
                ? JoinBatch<int, long, long>.OfLeft(batch)
                : JoinBatch<int, long, long>.OfRight(batch));
            Assert.True(takesMore || refused);
            Settle(join, takesMore);
        }
    }

    private static void Settle(JoinOperator<int, long, long, long> join, bool takesMore)
    {
        for (int tries = 0; !takesMore; tries++)
        {
            Assert.True(tries < 100_000, "an operator that is resumed comes to its end");
            takesMore = join.Resume();
        }
    }
}

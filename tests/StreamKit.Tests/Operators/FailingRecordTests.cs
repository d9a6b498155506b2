using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Tests.Operators;

/// <summary>A record that a delegate refuses goes to the error policy and takes nothing along.</summary>
public class FailingRecordTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void OneRecordThatFailsAnywhereIsLeftOutOfWhere(int bad) => AssertLeftOut(
        [bad], static (fails, next, bench) => new WhereOperator<int>(x => fails(x) >= 0, next, bench.Context()));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void OneRecordThatFailsAnywhereIsLeftOutOfSelect(int bad) => AssertLeftOut(
        [bad], static (fails, next, bench) => new SelectOperator<int, int>(fails, next, bench.Context()));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void OneRecordThatFailsAnywhereIsLeftOutOfSelectMany(int bad) => AssertLeftOut(
        [bad], static (fails, next, bench) => new SelectManyOperator<int, int>(x => [fails(x)], next, bench.Context()));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void OneRecordThatFailsAnywhereIsLeftOutOfEventTime(int bad) => AssertLeftOut(
        [bad],
        static (fails, next, bench) => new EventTimeOperator<int>(
            x => new Timestamp(fails(x)), Watermarks.Monotonic(), 0, next, bench.Context()));

    [Fact]
    public void AWholeBatchThatFailsIsNoBatch()
    {
        int[] all = [.. Enumerable.Range(0, 10)];
        AssertLeftOut(all, static (fails, next, bench) => new SelectOperator<int, int>(fails, next, bench.Context()));
        AssertLeftOut(
            all, static (fails, next, bench) => new WhereOperator<int>(x => fails(x) >= 0, next, bench.Context()));
        AssertLeftOut(
            all,
            static (fails, next, bench) => new EventTimeOperator<int>(
                x => new Timestamp(fails(x)), Watermarks.Monotonic(), 0, next, bench.Context()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AKeyThatFailsOrIsNullIsLeftOutOnAnyNumberOfLanes(int lanes)
    {
        var bench = new Bench();
        List<string> seen = [];
        var keyBy = new KeyByOperator<string, int>(
            static x => (x % 4) switch
            {
                0 => null!,
                1 => throw new FormatException(),
                _ => $"{x}",
            },
            [.. Enumerable.Range(0, lanes).Select(_ => new KeyReader(seen))],
            bench.Context());
        bench.Push(keyBy, Enumerable.Range(0, 20));
        bench.Push(keyBy, Signal.End);

        Assert.Equal(
            Enumerable.Range(0, 20).Where(static x => x % 4 > 1).Select(static x => $"{x}").Order(), seen.Order());
        Assert.Equal(
            Enumerable.Range(0, 20)
                .Where(static x => x % 4 <= 1), bench.Errors.Failed.Select(static f => (int)f.Record!));
    }

    [Fact]
    public void AReservedTimestampIsAFailure()
    {
        var bench = new Bench();
        var next = new RecordingReceiver<long>();
        var operatorUnderTest = new EventTimeOperator<long>(
            static x => new Timestamp(x), Watermarks.Monotonic(), 0, next, bench.Context());

        bench.Push(operatorUnderTest, long.MinValue, 5, long.MaxValue);

        Assert.Equal([5], next.Values);
        Assert.Equal(2, bench.Errors.Failed.Count);
        Assert.All(bench.Errors.Failed, static failed => Assert.Null(failed.Timestamp));
    }

    [Fact]
    public void ASequenceThatFailsInTheMiddleIsDisposedAndTheNextRecordIsExpanded()
    {
        var bench = new Bench();
        int disposed = 0;
        var next = new RecordingReceiver<int>();
        var expand = new SelectManyOperator<int, int>(x => new Tracked(x, () => disposed++), next, bench.Context());

        bench.Push(expand, 1, -3, 2);
        bench.Push(expand, Signal.End);

        Assert.Equal([0, 0, 1, 2, 0, 1], next.Values);
        Assert.Equal(3, disposed);
        FailedRecord failed = Assert.Single(bench.Errors.Failed);
        Assert.Equal(-3, failed.Record);
        Assert.Equal(1, failed.Timestamp);
    }

    [Fact]
    public void ALongSequenceWaitsWhereTheReceiverRefusesAndIsDisposedAtItsEnd()
    {
        int disposed = 0, takes = 0;
        var bench = new Bench();
        var next = new RecordingReceiver<int>(() => takes-- > 0);
        var expand = new SelectManyOperator<int, int>(x => new Tracked(x, () => disposed++), next, bench.Context());
        Batch<int> batch = new BatchPool<int>(4).Rent();
        batch.Add(0, 1_000_000);

        Assert.False(expand.OnBatch(batch));
        Assert.Equal(4, next.Values.Count());
        takes = 2;
        Assert.False(expand.Resume());
        Assert.InRange(next.Values.Count(), 8, 12);
        Assert.Equal(0, disposed);
        takes = int.MaxValue;
        Assert.True(expand.Resume());
        Assert.Equal(1_000_000, next.Values.Count());
        Assert.Equal(1, disposed);
    }

    [Fact]
    public void AFailureFurtherDownNamesTheOperatorThatFailed()
    {
        var bench = new Bench(goesOn: false);
        var chain = new SelectManyOperator<int, int>(
            static x => [x, x, x, x],
            new WhereOperator<int>(
                static _ => throw new FormatException("no"), new RecordingReceiver<int>(), bench.Context("filter")),
            bench.Context("expand"));

        StreamException error = Assert.Throws<StreamException>(() => bench.Push(chain, 1));

        Assert.Equal("filter", error.Operator);
        Assert.IsType<FormatException>(error.InnerException);
    }

    private static void AssertLeftOut(
        int[] bad, Func<Func<int, int>, RecordingReceiver<int>, Bench, Receiver<Batch<int>>> create)
    {
        var bench = new Bench();
        var next = new RecordingReceiver<int>();
        Receiver<Batch<int>> head = create(x => bad.Contains(x) ? throw new FormatException($"{x}") : x, next, bench);
        bench.Push(head, Enumerable.Range(0, 10));
        bench.Push(head, Signal.End);

        int[] good = [.. Enumerable.Range(0, 10).Except(bad)];
        Assert.Equal(good, next.Values);
        Assert.Equal(
            good.Select(static x => (long)x), next.Elements.Where(static e => e.Signal is null)
                .Select(static e => e.Timestamp));
        Assert.Equal(bad, bench.Errors.Failed.Select(static f => (int)f.Record!));
        Assert.Equal(0, next.EmptyBatches);
    }

    private sealed class KeyReader(List<string> seen) : Receiver<KeyedBatch<string, int>>
    {
        public override bool OnBatch(KeyedBatch<string, int> batch)
        {
            seen.AddRange(batch.Keys[..batch.Count]);
            Assert.Equal(batch.Keys[..batch.Count], batch.Records.Values[..batch.Count].Select(static x => $"{x}"));
            batch.Return();
            return true;
        }

        public override bool OnSignal(Signal signal) => true;

        public override bool Resume() => true;
    }

    /// <summary>
    /// Counts up to a length; a negative length fails there. Unlike an iterator, it does not dispose itself.
    /// </summary>
    private sealed class Tracked(int length, Action disposed) : IEnumerable<int>, IEnumerator<int>
    {
        public int Current { get; private set; } = -1;

        object System.Collections.IEnumerator.Current => Current;

        public IEnumerator<int> GetEnumerator() => this;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this;

        public bool MoveNext() => ++Current < Math.Abs(length)
            || (length < 0 ? throw new FormatException("end") : false);

        public void Reset() => throw new NotSupportedException();

        public void Dispose() => disposed();
    }
}

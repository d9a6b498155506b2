using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>Joins in jobs: two sources that run as they like, several lanes, channels that are full.</summary>
public class JoinJobTests
{
    private const int Seconds = 200;

    [Theory]
    [InlineData(1, 1024, 16)]
    [InlineData(3, 16, 2)]
    [InlineData(4, 1, 1)]
    public async Task EveryPairComesOnceWhicheverSourceIsFaster(int lanes, int batchSize, int capacity)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<string> late = [];
        DataStream<string> pairs = Part(3).KeyBy(static r => r.Key).Join(Part(5).KeyBy(static r => r.Key))
            .Within(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .SideOutputLate(out DataStream<Late<At>> lateLeft, out DataStream<Late<At>> lateRight)
            .Select(static (l, r) => $"{l} {r}");
        lateLeft.Merge(lateRight).ForEach(l => late.Add($"{l}"));
        var options = new JobOptions { Parallelism = lanes, BatchSize = batchSize, ChannelCapacity = capacity };
        List<string> results = await pairs.ReadAllAsync(options, token).ToListAsync(token);

        Assert.Empty(late);
        Assert.Equal(Expected(static (l, r) => $"{l} {r}").Order(), results.Order());
    }

    [Fact]
    public async Task TensOfThousandsOfKeysEachMeetTheirOwn()
    {
        const int keys = 20_000;
        CancellationToken token = TestContext.Current.CancellationToken;
        DataStream<(int Left, int? Right)> rows = Enumerable.Range(0, 2 * keys).ToDataStream().KeyBy(static i => i / 2)
            .LeftJoin(Enumerable.Range(0, keys).Reverse().ToDataStream().KeyBy(static i => i * 3))
            .Within(TimeWindows.Global())
            .Select(static (l, r) => (l, r));
        List<(int Left, int? Right)> results = await rows.ReadAllAsync(token).ToListAsync(token);

        IEnumerable<(int, int?)> expected =
            Enumerable.Range(0, 2 * keys).Select(static i => (i, i / 2 % 3 == 0 ? i / 2 / 3 : (int?)null));
        Assert.Equal(expected, results.Order());
    }

    [Fact]
    public async Task AStreamCanMeetAPartOfItselfWithoutADeadlock()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        DataStream<At> stream = Part(3);
        DataStream<int> pairs = stream.KeyBy(static r => r.Key)
            .LeftJoin(stream.Where(static r => r.Second % 2 == 0).KeyBy(static r => r.Key))
            .Within(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Select(static (l, r) => l.Second, static l => -l.Second);
        var options = new JobOptions { Parallelism = 2, BatchSize = 1, ChannelCapacity = 1 };
        List<int> results = await pairs.ReadAllAsync(options, token).ToListAsync(token);

        IEnumerable<int> expected = Enumerable.Range(0, Seconds).Select(static s => s % 2 == 0 ? s : -s);
        Assert.Equal(expected.Order(), results.Order());
    }

    [Fact]
    public async Task AResultThatFailsIsSkippedWhereTheJobGoesOn()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        DataStream<int> pairs = Part(3).KeyBy(static r => r.Key).Join(Part(3).KeyBy(static r => r.Key))
            .Within(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Select(static (l, r) => l.Second == 7 ? throw new InvalidOperationException("seven") : l.Second);
        var options = new JobOptions { OnError = ErrorPolicy.Skip };
        List<int> results = await pairs.ReadAllAsync(options, token).ToListAsync(token);

        Assert.Equal(Enumerable.Range(0, Seconds).Where(static s => s != 7), results.Order());
    }

    private static DataStream<At> Part(int keys) =>
        Records(keys).ToDataStream().WithEventTime(At.TimeOf, Watermarks.Monotonic());

    private static At[] Records(int keys) => [.. Enumerable.Range(0, Seconds).Select(i => new At(i, $"k{i % keys}"))];

    private static IEnumerable<string> Expected(Func<At, At, string> pair) =>
        from left in Records(3)
        from right in Records(5)
        where left.Key == right.Key && left.Second / 10 == right.Second / 10
        select pair(left, right);
}

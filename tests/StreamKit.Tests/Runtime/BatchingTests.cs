using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>Lists in a running job, by a clock that only the tests move.</summary>
public class BatchingTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly Channel<At> _input = Channel.CreateUnbounded<At>();

    [Fact]
    public async Task AFullListComesAtOnceAndAnotherWhenItsTimeIsUp()
    {
        var sink = new ScriptedSink<IReadOnlyList<At>>();
        StreamBuilder builder = StreamBuilder.Create("lists");
        builder.From(_input.Reader).Batch(max: 3, within: TimeSpan.FromSeconds(1)).To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock });
        Write(new At(1, "a"), new At(2, "b"), new At(3, "c"), new At(4, "d"));
        await Eventually.TrueAsync(() => sink.Records.Count == 1, "the full list came");
        Assert.Equal([1, 2, 3], sink.Records[0].Select(static r => r.Second));
        await Eventually.TrueAsync(
            _clock, TimeSpan.FromMilliseconds(100), () => sink.Records.Count == 2, "the other came in time");
        Assert.Equal([new At(4, "d")], sink.Records[1]);
        _input.Writer.Complete();
        await Eventually.WithinLimitAsync(job.Completion);
    }

    [Fact]
    public async Task TheEndAndADrainHandOverWhatIsHeld()
    {
        foreach (bool drain in (bool[])[true, false])
        {
            var input = Channel.CreateUnbounded<At>();
            var sink = new ScriptedSink<KeyedList<string, At>>();
            StreamBuilder builder = StreamBuilder.Create("lists");
            builder.From(input.Reader).KeyBy(static r => r.Key).Batch(max: 10, within: TimeSpan.FromDays(1))
                .Named("batch").To(sink);
            await using StreamJob job = builder.Build().Start(new JobOptions { Clock = _clock, Parallelism = 2 });
            foreach (int second in Enumerable.Range(0, 25))
            {
                Assert.True(input.Writer.TryWrite(new At(second, second % 2 == 0 ? "a" : "b")));
            }

            await Eventually.TrueAsync(
                () => job.GetMetrics().Of("batch").Sum(static o => o.RecordsIn) == 25, "all records are in lists");
            if (drain)
            {
                await Eventually.WithinLimitAsync(
                    job.StopAsync(StopMode.Drain, TestContext.Current.CancellationToken));
            }
            else
            {
                input.Writer.Complete();
                await Eventually.WithinLimitAsync(job.Completion);
            }

            Assert.Equal(
                [("a", 10), ("a", 3), ("b", 10), ("b", 2)],
                sink.Records.Select(static list => (list.Key, list.Count)).OrderBy(static l => l.Key)
                    .ThenByDescending(static l => l.Count));
        }
    }

    [Fact]
    public async Task ResultsOfLanesAreBroughtTogetherIntoFullLists()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<IReadOnlyList<WindowResult<int, long>>> lists = await Enumerable.Range(0, 1_000).ToDataStream()
            .KeyBy(static n => n % 100).Window(TimeWindows.Global()).Count()
            .Batch(max: 30, within: TimeSpan.FromHours(1))
            .ReadAllAsync(new JobOptions { Parallelism = 4 }, token).ToListAsync(token);

        Assert.Equal([30, 30, 30, 10], lists.Select(static list => list.Count));
        Assert.Equal(Enumerable.Range(0, 100), lists.SelectMany(static list => list).Select(static w => w.Key).Order());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    public void MostRecordsAndLongestWaitArePositive(int max, int seconds)
    {
        DataStream<At> stream = StreamBuilder.Create("lists").From(_input.Reader);
        TimeSpan within = TimeSpan.FromSeconds(seconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Batch(max, within));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.KeyBy(static r => r.Key).Batch(max, within));
    }

    private void Write(params IEnumerable<At> records)
    {
        foreach (At record in records)
        {
            Assert.True(_input.Writer.TryWrite(record));
        }
    }
}

using StreamKit.Connectors;
using StreamKit.Time;

namespace StreamKit.Testing.Tests;

/// <summary>The source and the sink for tests of whole jobs.</summary>
public class SourceAndSinkTests
{
    [Fact]
    public async Task AJobBringsEveryRecordOfEverySplitToTheSinkWithItsTime()
    {
        var sink = new CollectingSink<long>();
        StreamBuilder builder = StreamBuilder.Create("test");
        builder.From(new TestSource<long>([1, 2, 3], [], [10, 20]) { RecordsPerRead = 2 })
            .WithEventTime(t => new Timestamp(t), Watermarks.Monotonic()).To(sink);
        await using (StreamJob job = builder.Build().Start())
        {
            await job.Completion.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([1, 2, 3, 10, 20], sink.Records.Order());
        Assert.Equal(sink.Records, sink.Timestamps.Select(t => t.Ticks));
        Assert.Equal(Timestamp.MaxValue, sink.Watermarks[^1]);
        Assert.Equal(sink.Watermarks.Order(), sink.Watermarks);
        Assert.True(sink.Flushes > 0);
        Assert.Equal(0, sink.OpenWriters);
    }

    [Fact]
    public async Task ASplitGoesOnFromAPositionThatItReported()
    {
        var source = new TestSource<string>(["a", "b", "c"]);
        ISplitReader<string> reader = await OpenAsync(source);
        Assert.Equal(("split/0", "0"), (reader.Split, reader.Position));
        await reader.SeekAsync("2", TestContext.Current.CancellationToken);
        Assert.Equal("2", reader.Position);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await reader.SeekAsync("4", TestContext.Current.CancellationToken));
        Assert.Equal(Replayability.Full, source.Replayability);
    }

    [Fact]
    public void ASourceHasAtLeastOneSplit() => Assert.Throws<ArgumentOutOfRangeException>(() => new TestSource<int>());

    // The source asks nothing of its context.
    private static async Task<ISplitReader<T>> OpenAsync<T>(TestSource<T> source) =>
        Assert.Single(await source.OpenAsync(null!, TestContext.Current.CancellationToken));
}

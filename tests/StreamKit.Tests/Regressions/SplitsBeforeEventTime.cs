using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Regressions;

/// <summary>What lies between a source and WithEventTime keeps the splits apart, and knows of all of them.</summary>
public class SplitsBeforeEventTime
{
    private static readonly JobOptions s_oneByOne = new() { BatchSize = 1 };

    // SelectMany gave all its results to split 0, so the watermark of one split was made from the records of another.
    [Fact]
    public async Task SelectManyKeepsTheSplitOfItsRecords()
    {
        var source = new TestSource<long>([1, 2, 3, 4, 5, 6], [100]) { RecordsPerRead = 1 };
        DataStream<long> stream = StreamBuilder.Create("test").From(source).SelectMany(t => Enumerable.Repeat(t, 1));
        Assert.Equal(7, await CountAsync(stream));
    }

    // The quick input's watermark, and even its end, went ahead of an input whose source was still being opened.
    [Fact]
    public async Task AMergedInputThatHasNotBegunHoldsTheWatermark()
    {
        var seen = new TaskCompletionSource();
        StreamBuilder builder = StreamBuilder.Create("test");
        DataStream<long> quick = builder.From(new TestSource<long>([100, 200])).Select(t =>
        {
            seen.TrySetResult();
            return t;
        });
        DataStream<long> slow = builder.From(new WaitingSource(new TestSource<long>([1, 2]), async cancellation =>
        {
            await seen.Task.WaitAsync(cancellation);

            // The quick input's records and end have long gone through when so many others have had their turn.
            for (int i = 0; i < 10_000; i++)
            {
                await Task.Yield();
            }
        }));

        Assert.Equal(4, await CountAsync(quick.Merge(slow)));
    }

    private static async Task<long> CountAsync(DataStream<long> stream)
    {
        long count = 0;
        await foreach (WindowResult<StreamKit.Records.Unit, long> result in stream
            .WithEventTime(t => new Timestamp(t), Watermarks.Monotonic())
            .WindowAll(TimeWindows.Tumbling(TimeSpan.FromTicks(1)))
            .Count()
            .ReadAllAsync(s_oneByOne, TestContext.Current.CancellationToken))
        {
            count += result.Value;
        }

        return count;
    }

    private sealed class WaitingSource(ISource<long> inner, Func<CancellationToken, Task> before) : ISource<long>
    {
        public Replayability Replayability => inner.Replayability;

        public async ValueTask<IReadOnlyList<ISplitReader<long>>> OpenAsync(
            SourceContext<long> context, CancellationToken cancellationToken)
        {
            await before(cancellationToken);
            return await inner.OpenAsync(context, cancellationToken);
        }
    }
}

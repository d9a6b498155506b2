using System.Threading.Channels;
using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Tests.Runtime;

namespace StreamKit.Tests.Connectors;

/// <summary>A job that is started again opens its sinks again.</summary>
public class SinksOfRestartedJobsTests
{
    private readonly Channel<int> _channel = Channel.CreateUnbounded<int>();
    private int _failures;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AChannelGoesOnAndIsCompletedInTheEnd()
    {
        await using StreamJob job = Start(stream => stream.To(_channel.Writer, "sink"), failures: 2);
        List<int> seen = await _channel.Reader.ReadAllAsync(Token).ToListAsync(Token);
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(2, job.GetCheckpointStatus().Restarts);
        Assert.Equal(Enumerable.Range(0, 10), seen.Distinct());
    }

    [Fact]
    public async Task AChannelIsCompletedWithTheFailureAfterWhichTheJobStaysDown()
    {
        await using StreamJob job = Start(stream => stream.To(_channel.Writer, "sink"), failures: 100);
        StreamException told = await Assert.ThrowsAsync<StreamException>(
            async () => await _channel.Reader.ReadAllAsync(Token).ToListAsync(Token));
        StreamException failure =
            await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(job.Completion));

        Assert.Same(failure, told);
        Assert.True(job.GetCheckpointStatus().Restarts > 0, "it was started again before");
    }

    [Fact]
    public async Task AChannelThatIsCompleteIsRefusedAndNotWrittenTo()
    {
        StreamBuilder builder = StreamBuilder.Create("channel");
        builder.From(Enumerable.Range(0, 10), "numbers").To(_channel.Writer, "sink");
        StreamPipeline pipeline = builder.Build();
        await using (StreamJob first = pipeline.Start())
        {
            await Eventually.WithinLimitAsync(first.Completion);
        }

        await using StreamJob second = pipeline.Start();
        StreamException refused =
            await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(second.Completion));
        Assert.Contains("give each job a channel of its own", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ViewsTextAndCallsGoOn()
    {
        var view = new View<int>();
        var called = new List<int>();
        var text = new StringWriter();
        await using StreamJob job = Start(
            stream => stream.To(view, "view").ForEach(called.Add, "calls").To(Sinks.Text<int>(text), "text")
                .To(Sinks.ForEach<int>(static (_, _) => default), "asynchronous calls"),
            failures: 2);
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(2, job.GetCheckpointStatus().Restarts);
        Assert.True(view.TryGet(out int latest) && latest == 9, "the view has the newest record");
        Assert.Equal(Enumerable.Range(0, 10), called.Distinct().Order());
        Assert.Equal(
            Enumerable.Range(0, 10),
            text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)
                .Distinct().Order());
    }

    private StreamJob Start(Action<DataStream<int>> connect, int failures)
    {
        StreamBuilder builder = StreamBuilder.Create("job");
        connect(builder.From(Enumerable.Range(0, 10), "numbers").Select(number => number == 5 && _failures++ < failures
            ? throw new IOException($"torn for the {_failures}th time")
            : number));
        return builder.Build().Start(new JobOptions
        {
            BatchSize = 1,
            Checkpoints = new CheckpointOptions { Store = new MemoryCheckpointStore(), Every = TimeSpan.FromHours(1) },
            Restart = RestartStrategy.Fixed(3, TimeSpan.Zero),
        });
    }
}

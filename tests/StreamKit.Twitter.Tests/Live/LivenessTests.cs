using System.Diagnostics.Metrics;
using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>A stream lives while something comes, and leaves nothing behind when it is closed.</summary>
public class LivenessTests
{
    [Fact]
    public async Task KeepAlivesKeepASilentStreamOpen()
    {
        var name = $"kept-alive-{Guid.NewGuid()}";
        var heard = Channel.CreateUnbounded<long>();
        using MeterListener listener = Listen(name, "streamkit.twitter.keepalives", heard.Writer);
        await using TwitterSimulator x = await StartAsync(out VirtualTime clock, TimeSpan.FromSeconds(20));
        List<ConnectionEventKind> happened = [];
        await using SourceDriver<Tweet> driver = await OpenAsync(x, clock, name, e => happened.Add(e.Kind));
        Task<IReadOnlyList<Tweet>> reading = driver.Split.ReadAsync(Token).AsTask();
        await x.WaitForStreamsAsync(1, Token);
        x.Publish(Post(1));
        Assert.Single(await reading);
        reading = driver.Split.ReadAsync(Token).AsTask();
        for (int i = 0; i < 20; i++)
        {
            // Each comes before the next is due: the clock waits for it.
            clock.Advance(TimeSpan.FromSeconds(20));
            await heard.Reader.ReadAsync(Token);
        }

        x.Publish(Post(2));
        Assert.Equal(2, Assert.Single(await reading).Id);
        Assert.Equal([ConnectionEventKind.Connected], happened);
    }

    [Fact]
    public async Task AnAnswerThatDoesNotComeIsGivenUp()
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        stream.X.FailNext(ConnectFault.NoAnswer);
        Task reading = stream.BeginReading();
        while (stream.X.StreamRequests.Count == 0)
        {
            await Task.Yield();
        }

        stream.Clock.Advance(TimeSpan.FromSeconds(30));
        ConnectionEvent given = await stream.NextEventAsync();
        Assert.Equal((ConnectionEventKind.Unreachable, "no answer in time"), (given.Kind, given.Reason));
        stream.Clock.Advance(given.RetryAfter!.Value);
        await stream.UntilConnectedAsync();
        stream.Publish(1);
        await reading;
    }

    [Fact]
    public async Task APipelineThatIsBehindIsNoSilence()
    {
        await using LiveStream stream = await LiveStream.OpenAsync(o => o with { QueueCapacity = 1 });
        Task<IReadOnlyList<Tweet>> reading = stream.BeginReading();
        await stream.UntilConnectedAsync();
        stream.Publish(1000);
        stream.Received.AddRange((await reading).Select(tweet => tweet.Id));
        stream.Clock.Advance(TimeSpan.FromMinutes(10));
        await stream.ReceiveAllAsync();
        Assert.Equal(stream.Published, stream.Received);
    }

    [Fact]
    public async Task FurtherConnectionsBringEachPostAgainAndItIsDeliveredOnce()
    {
        await using LiveStream stream = await LiveStream.OpenAsync(o => o with { Connections = 3 });
        Task<IReadOnlyList<Tweet>> reading = stream.BeginReading();
        await stream.X.WaitForStreamsAsync(3, Token);
        stream.Publish(200);
        stream.Received.AddRange((await reading).Select(tweet => tweet.Id));
        await stream.ReceiveAllAsync();
        stream.Publish(1);
        await stream.ReceiveAllAsync();
        Assert.Equal(stream.Published, stream.Received);
    }

    [Fact]
    public async Task DisposingClosesTheConnection()
    {
        await using LiveStream stream = await LiveStream.OpenAsync(o => o with { Connections = 2 });
        Task reading = stream.BeginReading();
        await stream.X.WaitForStreamsAsync(2, Token);
        stream.Publish(1);
        await reading;
        await stream.Driver.DisposeAsync();
        await stream.X.WaitForStreamsAsync(0, Token);
    }

    [Fact]
    public async Task AJobThatStopsLeavesALongWaitAtOnce()
    {
        await using TwitterSimulator x = await StartAsync(out VirtualTime clock, TimeSpan.FromSeconds(20));
        x.FailNext(ConnectFault.RateLimited(TimeSpan.FromMinutes(30)));
        var waiting = new TaskCompletionSource();
        var builder = StreamBuilder.Create("t");
        builder.From(TwitterSource.FilteredStream(Options(x) with { OnConnectionEvent = _ => waiting.TrySetResult() }))
            .ForEach(_ => { });
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = clock });
        await waiting.Task.WaitAsync(Token);
        await job.StopAsync(StopMode.Abort, Token);
    }

    [Fact]
    public async Task TheSourceEndsAfterAsManyPostsAsItMayHaveAndLetsGo()
    {
        await using TwitterSimulator x = await StartAsync(out VirtualTime clock, TimeSpan.FromSeconds(20));
        for (int id = 1; id <= 10; id++)
        {
            x.Publish(Post(id));
        }

        FilteredStreamOptions options = Options(x) with { MaxPosts = 4, BackfillMinutes = 5 };
        long[] ids = await ReplayIdsAsync(TwitterSource.FilteredStream(options));
        Assert.Equal([1L, 2, 3, 4], ids);
        await x.WaitForStreamsAsync(0, Token);
        Assert.NotNull(clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<long[]> ReplayIdsAsync(ISource<Tweet> source) =>
        [.. (await ReplayJob.RunAsync(source)).Select(tweet => tweet.Id)];

    private static SimulatedPost Post(long id) => new(id, "coffee", DateTimeOffset.UnixEpoch);

    private static Task<TwitterSimulator> StartAsync(out VirtualTime clock, TimeSpan keepAlive)
    {
        clock = new VirtualTime();
        return StartAsync(clock, keepAlive);
    }

    private static async Task<TwitterSimulator> StartAsync(VirtualTime clock, TimeSpan keepAlive)
    {
        TwitterSimulator x = await TwitterSimulator.StartAsync(
            new() { Clock = clock, KeepAliveInterval = keepAlive }, Token);
        x.AddRule("coffee");
        return x;
    }

    private static FilteredStreamOptions Options(TwitterSimulator x) => new()
    {
        Access = TwitterAccess.FromCallback(_ => new("any")) with { Endpoint = x.Endpoint },
    };

    private static async Task<SourceDriver<Tweet>> OpenAsync(
        TwitterSimulator x,
        VirtualTime clock,
        string name,
        Action<ConnectionEvent> onEvent) => await SourceDriver.OpenAsync(
            TwitterSource.FilteredStream(Options(x) with { OnConnectionEvent = onEvent }),
            new SourceDriverOptions { Clock = clock, Name = name },
            Token);

    private static MeterListener Listen(string source, string instrument, ChannelWriter<long> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listening) =>
            {
                if (published.Name == instrument)
                {
                    listening.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == "source" && tag.Value as string == source)
                {
                    heard.TryWrite(value);
                }
            }
        });
        listener.Start();
        return listener;
    }
}

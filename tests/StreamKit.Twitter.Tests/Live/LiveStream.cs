using System.Threading.Channels;
using StreamKit.Testing;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>A filtered stream from a simulator, both by one clock that a test moves.</summary>
internal sealed class LiveStream : IAsyncDisposable
{
    private readonly Channel<ConnectionEvent> _events = Channel.CreateUnbounded<ConnectionEvent>();
    private readonly PostGenerator _posts = new(seed: 1);

    private LiveStream(TwitterSimulator x, VirtualTime clock) => (X, Clock) = (x, clock);

    internal TwitterSimulator X { get; }

    internal VirtualTime Clock { get; }

    internal LogLines Log { get; } = new();

    internal SourceDriver<Tweet> Driver { get; private set; } = null!;

    /// <summary>The ids of all posts that were published, in their order.</summary>
    internal List<long> Published { get; } = [];

    /// <summary>The ids of all posts that were received, in their order.</summary>
    internal List<long> Received { get; } = [];

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static async Task<LiveStream> OpenAsync(
        Func<FilteredStreamOptions, FilteredStreamOptions>? options = null,
        Func<TwitterSimulatorOptions, TwitterSimulatorOptions>? simulator = null)
    {
        var clock = new VirtualTime();

        // Without keep-alives, so that a clock that moves in steps makes none come while others are due.
        var usual = new TwitterSimulatorOptions
        {
            Clock = clock,
            KeepAliveInterval = TimeSpan.FromDays(1),
            MaxConnections = 10,
            ConnectLimit = 10_000,
        };
        TwitterSimulator x = await TwitterSimulator.StartAsync(simulator?.Invoke(usual) ?? usual, Token);
        x.AddRule("coffee", "all");
        var stream = new LiveStream(x, clock);
        var live = new FilteredStreamOptions
        {
            Access = TwitterAccess.FromCallback(_ => new("secret")) with { Endpoint = x.Endpoint },
            Jitter = 0,
            OnConnectionEvent = happened => stream._events.Writer.TryWrite(happened),
        };
        stream.Driver = await SourceDriver.OpenAsync(
            TwitterSource.FilteredStream(options?.Invoke(live) ?? live),
            new SourceDriverOptions { Clock = clock, Logger = stream.Log },
            Token);
        return stream;
    }

    internal void Publish(int count)
    {
        for (int i = 0; i < count; i++)
        {
            SimulatedPost post = _posts.Next(Clock.GetUtcNow()) with { Text = "coffee #time" };
            Published.Add(post.Id);
            X.Publish(post);
        }
    }

    /// <summary>Reads until all that was published has been received.</summary>
    internal async Task ReceiveAllAsync()
    {
        while (Received.Count < Published.Count)
        {
            Received.AddRange((await Driver.Split.ReadAsync(Token)).Select(tweet => tweet.Id));
        }
    }

    /// <summary>Begins to read, so that the source connects.</summary>
    internal Task<IReadOnlyList<Tweet>> BeginReading() => Driver.Split.ReadAsync(Token).AsTask();

    internal async Task<ConnectionEvent> NextEventAsync() => await _events.Reader.ReadAsync(Token);

    /// <summary>Follows what happens, and lets each wait pass, until a stream is open.</summary>
    internal async Task<List<ConnectionEvent>> UntilConnectedAsync()
    {
        List<ConnectionEvent> happened = [];
        do
        {
            ConnectionEvent next = await NextEventAsync();
            happened.Add(next);
            Clock.Advance(next.RetryAfter ?? TimeSpan.Zero);
        }
        while (happened[^1].Kind != ConnectionEventKind.Connected);
        return happened;
    }

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await X.DisposeAsync();
    }
}

using System.Text;
using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>What is no post goes to the error policy or is told, and the posts around it are delivered.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private readonly Channel<ConnectionEvent> _events = Channel.CreateUnbounded<ConnectionEvent>();
    private readonly Channel<DeadLetter> _dead = Channel.CreateUnbounded<DeadLetter>();
    private readonly Channel<Tweet> _tweets = Channel.CreateUnbounded<Tweet>();
    private TwitterSimulator _x = null!;

    public async ValueTask InitializeAsync()
    {
        _x = await TwitterSimulator.StartAsync(null, Token);
        _x.AddRule("coffee", "drinks");
    }

    public ValueTask DisposeAsync() => _x.DisposeAsync();

    [Fact]
    public async Task ABrokenLineIsADeadLetterWithItsBytesAndTheStreamGoesOn()
    {
        await using StreamJob job = await StartAsync();
        _x.Publish(Post(1));
        _x.Inject(StreamFault.BrokenLine);
        _x.Publish(Post(2));
        Assert.Equal(1, (await NextAsync()).Id);
        Assert.Equal(2, (await NextAsync()).Id);
        DeadLetter dead = await _dead.Reader.ReadAsync(Token);
        Assert.StartsWith("{\"data\"", Encoding.UTF8.GetString(dead.Bytes.Span), StringComparison.Ordinal);
        Assert.StartsWith("'filtered-stream', connection 0, ", dead.Exception.Message, StringComparison.Ordinal);
        Assert.IsType<TweetFormatException>(dead.Exception.InnerException);
    }

    [Fact]
    public async Task AnOverLongLineIsADeadLetterAndTheStreamGoesOn()
    {
        await using StreamJob job = await StartAsync(Options with { MaxLineBytes = 2000 });
        _x.Inject(StreamFault.Line(new string('x', 5000)));
        _x.Publish(Post(2));
        Assert.Equal(2, (await NextAsync()).Id);
        DeadLetter dead = await _dead.Reader.ReadAsync(Token);
        Assert.Contains(
            "5000 bytes long, more than MaxLineBytes (2000)", dead.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnErrorObjectIsADeadLetterOfItsTypeAndTheStreamGoesOn()
    {
        await using StreamJob job = await StartAsync();
        _x.Inject(StreamFault.Problem("usage-capped", "Usage cap exceeded: Monthly product cap"));
        _x.Publish(Post(2));
        Assert.Equal(2, (await NextAsync()).Id);
        var problem = Assert.IsType<TwitterApiException>((await _dead.Reader.ReadAsync(Token)).Exception);
        Assert.Equal("usage-capped", Assert.Single(problem.Problems).TypeName);
        Assert.Equal("usage-capped", (await EventAsync(ConnectionEventKind.Problem)).Problems[0].TypeName);
    }

    [Fact]
    public async Task APostWithErrorsIsDeliveredAndItsErrorsAreReported()
    {
        await using StreamJob job = await StartAsync();
        _x.Publish(Post(1) with { MissingReference = 456 });
        Assert.Equal(1, (await NextAsync()).Id);
        var partial = Assert.IsType<TwitterApiException>((await _dead.Reader.ReadAsync(Token)).Exception);
        Assert.Equal(("456", "tweet"), (partial.Problems[0].ResourceId, partial.Problems[0].ResourceType));
    }

    [Fact]
    public async Task ErrorsThatComeWithAPostAreOnlyToldWhereTheyAreAccepted()
    {
        await using StreamJob job = await StartAsync(Options with { PartialErrors = PartialErrors.Accept });
        _x.Publish(Post(1) with { MissingReference = 456 });
        Assert.Equal(1, (await NextAsync()).Id);
        Assert.Equal("456", (await EventAsync(ConnectionEventKind.Problem)).Problems[0].ResourceId);
        _x.Inject(StreamFault.BrokenLine);
        await _dead.Reader.ReadAsync(Token);
        Assert.False(_dead.Reader.TryRead(out _));
    }

    [Fact]
    public async Task AnUnknownMessageIsTold()
    {
        await using StreamJob job = await StartAsync();
        _x.Inject(StreamFault.Line("""{"weather":{"degrees":21},"place":"here"}"""));
        ConnectionEvent told = await EventAsync(ConnectionEventKind.UnknownMessage);
        Assert.Contains("weather, place", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHalfWrittenLineAtABreakIsToldAndNotReported()
    {
        await using StreamJob job = await StartAsync();
        _x.Publish(Post(1));
        await NextAsync();
        _x.Inject(StreamFault.CutLineAndEnd);
        Assert.InRange((await EventAsync(ConnectionEventKind.Lost)).UnfinishedBytes, 10, 100);
        Assert.False(_dead.Reader.TryRead(out _));
    }

    [Fact]
    public async Task TheUsualPolicyFailsTheJobWithThePlaceInItsMessage()
    {
        await using StreamJob job = await StartAsync(onError: ErrorPolicy.Fail);
        _x.Inject(StreamFault.BrokenLine);
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => job.Completion.WaitAsync(Token));
        Assert.StartsWith(
            "Operator 'tweets' failed: 'filtered-stream', connection 0, ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APostHasTheFieldsThatWereAskedFor()
    {
        await using StreamJob job = await StartAsync();
        var at = new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
        _x.Publish(new SimulatedPost(77, "coffee with @friend #morning #tea", at)
        {
            Language = "de",
            AuthorId = 5,
            AuthorName = "somebody",
        });
        Tweet tweet = await NextAsync();
        Assert.Equal((77, at, "de"), (tweet.Id, tweet.CreatedAt, tweet.Language));
        Assert.Equal((5, "somebody"), (tweet.AuthorId, tweet.AuthorUserName));
        Assert.Equal(["morning", "tea"], tweet.Hashtags);
        Assert.Equal("friend", Assert.Single(tweet.Mentions).UserName);
        Assert.Equal("drinks", Assert.Single(tweet.MatchingRules).Tag);
    }

    [Fact]
    public async Task OnlyFieldsThatWereAskedForAreSent()
    {
        await using StreamJob job = await StartAsync(
            Options with { TweetFields = [], Expansions = [], UserFields = [] });
        _x.Publish(Post(7));
        Tweet tweet = await NextAsync();
        Assert.Null(tweet.Language);
        Assert.Null(tweet.AuthorUserName);
        Assert.Equal(0, tweet.AuthorId);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SimulatedPost Post(long id) => new(id, "coffee", DateTimeOffset.UnixEpoch);

    private FilteredStreamOptions Options => new()
    {
        Access = TwitterAccess.FromCallback(_ => new("any")) with { Endpoint = _x.Endpoint },
        OnConnectionEvent = e => _events.Writer.TryWrite(e),
    };

    private async Task<StreamJob> StartAsync(FilteredStreamOptions? options = null, ErrorPolicy? onError = null)
    {
        var builder = StreamBuilder.Create("t");
        builder.From(TwitterSource.FilteredStream(options ?? Options), "tweets")
            .ForEach(tweet => _tweets.Writer.TryWrite(tweet));
        StreamJob job = builder.Build().Start(new JobOptions
        {
            OnError = onError ?? ErrorPolicy.DeadLetter(Sinks.ForEach<DeadLetter>((letter, _) =>
            {
                _dead.Writer.TryWrite(letter);
                return ValueTask.CompletedTask;
            })),
        });
        await _x.WaitForStreamsAsync(1, Token);
        return job;
    }

    private async Task<Tweet> NextAsync() => await _tweets.Reader.ReadAsync(Token);

    private async Task<ConnectionEvent> EventAsync(ConnectionEventKind kind)
    {
        while (true)
        {
            ConnectionEvent next = await _events.Reader.ReadAsync(Token);
            if (next.Kind == kind)
            {
                return next;
            }
        }
    }
}

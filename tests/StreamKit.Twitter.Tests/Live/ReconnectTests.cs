using System.Net;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>A stream that breaks is taken up again, at the pace that the service asks for.</summary>
public class ReconnectTests
{
    private const int Failures = 50;

    private static readonly StreamFault[] StreamFaults =
    [
        StreamFault.End, StreamFault.Reset, StreamFault.Stall, StreamFault.CutLineAndEnd,
        StreamFault.CutLineAndReset, StreamFault.Disconnect(),
        StreamFault.Disconnect("ForceDisconnect", "client-disconnected"),
    ];

    private static readonly (ConnectFault Fault, TimeSpan Wait)[] ConnectFaults =
    [
        (ConnectFault.HttpError(503), TimeSpan.FromSeconds(5)),
        (ConnectFault.RateLimited(TimeSpan.FromSeconds(20)), TimeSpan.FromMinutes(1)),
        (ConnectFault.RateLimited(TimeSpan.FromSeconds(100)), TimeSpan.FromSeconds(100)),
        (ConnectFault.TooManyConnections, TimeSpan.FromMinutes(1)),
        (ConnectFault.AcceptedAndEnded, TimeSpan.FromMilliseconds(250)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task FiftyFailuresInARowLoseNothingAndRepeatNothing(int seed)
    {
        var random = new Random(seed);
        await using LiveStream stream = await LiveStream.OpenAsync(o => o with { BackfillMinutes = 5 });
        stream.Publish(1);
        await stream.ReceiveAllAsync();
        await stream.UntilConnectedAsync();
        for (int i = 0; i < Failures; i++)
        {
            StreamFault fault = StreamFaults[random.Next(StreamFaults.Length)];
            (ConnectFault, TimeSpan)[] refusals = random.Next(2) == 0
                ? [] : random.GetItems(ConnectFaults, 1);
            await FailOnceAsync(stream, fault, refusals);
        }

        Assert.Equal(stream.Published.Order(), stream.Received.Order());
        Assert.Empty(stream.Driver.BadRecords);
    }

    [Fact]
    public async Task NetworkErrorsWaitLongerAndLongerUntilTheStreamIsAlive()
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        for (int i = 0; i < 70; i++)
        {
            stream.X.FailNext(ConnectFault.Reset);
        }

        Task reading = stream.BeginReading();
        List<ConnectionEvent> happened = await stream.UntilConnectedAsync();
        Assert.All(happened.Take(70).Index(), e =>
        {
            Assert.Equal(ConnectionEventKind.Unreachable, e.Item.Kind);
            Assert.Equal(TimeSpan.FromMilliseconds(Math.Min(250 * (e.Index + 1), 16_000)), e.Item.RetryAfter);
        });
        stream.Publish(1);
        await reading;
    }

    [Fact]
    public async Task AConnectionThatSendsNothingDoesNotCountAsAlive()
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        for (int i = 0; i < 3; i++)
        {
            stream.X.FailNext(ConnectFault.AcceptedAndEnded);
        }

        Task reading = stream.BeginReading();
        double[] waits = [250, 500, 750];
        foreach (double wait in waits)
        {
            await stream.UntilConnectedAsync();
            ConnectionEvent lost = await stream.NextEventAsync();
            Assert.Equal((ConnectionEventKind.Lost, wait), (lost.Kind, lost.RetryAfter!.Value.TotalMilliseconds));
            stream.Clock.Advance(lost.RetryAfter.Value);
        }

        stream.Publish(1);
        await stream.UntilConnectedAsync();
        stream.Publish(1);
        await reading;
    }

    [Fact]
    public async Task AnswersOfTheServerAreWaitedForLongerAndLonger()
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        double[] waits = [5, 10, 20, 40, 80, 160, 320, 320];
        foreach (double _ in waits)
        {
            stream.X.FailNext(ConnectFault.HttpError(503, "no capacity"));
        }

        Task reading = stream.BeginReading();
        List<ConnectionEvent> happened = await stream.UntilConnectedAsync();
        Assert.Equal(waits, happened.SkipLast(1).Select(e => e.RetryAfter!.Value.TotalSeconds));
        Assert.All(happened.SkipLast(1), e =>
        {
            Assert.Equal((ConnectionEventKind.Refused, HttpStatusCode.ServiceUnavailable), (e.Kind, e.StatusCode));
            Assert.Equal("no capacity", Assert.Single(e.Problems).Detail);
        });
        Assert.Contains(stream.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        stream.Publish(1);
        await reading;
    }

    [Fact]
    public async Task ALimitIsWaitedForUntilItEndsAndLongerEachTime()
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        stream.X.FailNext(ConnectFault.RateLimited(TimeSpan.FromMinutes(7)));
        stream.X.FailNext(ConnectFault.RateLimited(TimeSpan.FromSeconds(5)));
        stream.X.FailNext(ConnectFault.TooManyConnections);
        Task reading = stream.BeginReading();
        List<ConnectionEvent> happened = await stream.UntilConnectedAsync();
        Assert.Equal([7, 2, 4], happened.SkipLast(1).Select(e => e.RetryAfter!.Value.TotalMinutes));
        Assert.Equal("TooManyConnections", Assert.Single(happened[2].Problems).ConnectionIssue);
        stream.Publish(1);
        await reading;
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task AnAnswerThatNoAttemptChangesEndsTheSource(int status)
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        stream.X.FailNext(ConnectFault.HttpError(status, "it cannot be"));
        TwitterApiException refusal = await Assert.ThrowsAsync<TwitterApiException>(stream.BeginReading);
        Assert.Equal(status, (int)refusal.StatusCode!);
        Assert.Contains("it cannot be", refusal.Message, StringComparison.Ordinal);
        Assert.Single(stream.X.StreamRequests);
    }

    [Fact]
    public async Task AStreamWithoutRulesSaysHowToAddOne()
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        using var rules = new TwitterRules(
            TwitterAccess.FromCallback(_ => new("any")) with { Endpoint = stream.X.Endpoint });
        await rules.DeleteAsync([(await rules.ListAsync(LiveStream.Token)).Single().Id!.Value], LiveStream.Token);
        TwitterApiException refusal = await Assert.ThrowsAsync<TwitterApiException>(stream.BeginReading);
        Assert.Equal(HttpStatusCode.Conflict, refusal.StatusCode);
        Assert.Contains("TwitterRules", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutageThatIsTooLongEndsTheSource()
    {
        await using LiveStream stream = await LiveStream.OpenAsync(o => o with { MaxOutage = TimeSpan.FromMinutes(1) });
        for (int i = 0; i < 5; i++)
        {
            stream.X.FailNext(ConnectFault.HttpError(500));
        }

        Task<IReadOnlyList<Tweet>> reading = stream.BeginReading();
        foreach (double seconds in (double[])[5, 10, 20, 40])
        {
            ConnectionEvent refused = await stream.NextEventAsync();
            Assert.Equal(seconds, refused.RetryAfter!.Value.TotalSeconds);
            stream.Clock.Advance(refused.RetryAfter.Value);
        }

        TwitterApiException failure = await Assert.ThrowsAsync<TwitterApiException>(() => reading);
        Assert.Contains("MaxOutage", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheServiceSaysOnLeavingIsTold()
    {
        await using LiveStream stream = await LiveStream.OpenAsync(o => o with { BackfillMinutes = 1 });
        stream.Publish(1);
        await stream.ReceiveAllAsync();
        await stream.UntilConnectedAsync();
        stream.X.Inject(StreamFault.Disconnect());
        ConnectionEvent left = await stream.NextEventAsync();
        StreamProblem problem = Assert.Single(left.Problems);
        Assert.Equal((ConnectionEventKind.Disconnected, TimeSpan.Zero), (left.Kind, left.RetryAfter));
        Assert.Equal("UpstreamOperationalDisconnect", problem.DisconnectType);
        Assert.Equal(ConnectionEventKind.Connected, (await stream.NextEventAsync()).Kind);
    }

    [Fact]
    public async Task WithoutBackfillABreakIsToldAsAGap()
    {
        await using LiveStream stream = await LiveStream.OpenAsync();
        Task reading = stream.BeginReading();
        await stream.UntilConnectedAsync();
        stream.Publish(1);
        await reading;
        stream.X.FailNext(ConnectFault.HttpError(502));
        stream.X.Inject(StreamFault.End);
        List<ConnectionEvent> happened = await stream.UntilConnectedAsync();
        Assert.Equal(
            [ConnectionEventKind.Lost, ConnectionEventKind.Refused, ConnectionEventKind.Gap,
                ConnectionEventKind.Connected],
            happened.Select(e => e.Kind));
        Assert.Equal(TimeSpan.FromSeconds(5), happened[2].Outage);
    }

    [Fact]
    public async Task BackfillIsAskedForAsFarAsTheStreamWasDown()
    {
        await using LiveStream stream = await LiveStream.OpenAsync(o => o with { BackfillMinutes = 5 });
        stream.Publish(1);
        await stream.ReceiveAllAsync();
        await stream.UntilConnectedAsync();
        stream.X.FailNext(ConnectFault.RateLimited(TimeSpan.FromSeconds(90)));
        stream.X.Inject(StreamFault.End);
        await stream.UntilConnectedAsync();
        string[] minutes = [.. stream.X.StreamRequests.Select(query => query.Split('&')[0])];
        Assert.Equal(["?backfill_minutes=5", "?backfill_minutes=1", "?backfill_minutes=3"], minutes);
    }

    /// <summary>Posts before and behind a fault, which is then lived through.</summary>
    private static async Task FailOnceAsync(
        LiveStream stream,
        StreamFault fault,
        (ConnectFault Fault, TimeSpan Wait)[] refusals)
    {
        foreach ((ConnectFault refusal, _) in refusals)
        {
            stream.X.FailNext(refusal);
        }

        stream.Publish(2);
        if (fault == StreamFault.Stall)
        {
            await stream.ReceiveAllAsync();
        }

        stream.X.Inject(fault);
        stream.Publish(2);
        if (fault == StreamFault.Stall)
        {
            stream.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        List<ConnectionEvent> happened = await stream.UntilConnectedAsync();
        if (refusals is [var (only, _)] && only == ConnectFault.AcceptedAndEnded)
        {
            // Accepted, ended, waited for, accepted.
            happened.AddRange(await stream.UntilConnectedAsync());
        }

        Assert.Equal(TimeSpan.Zero, happened[0].RetryAfter);
        TimeSpan[] waits =
            [.. happened.Skip(1).Select(e => e.RetryAfter ?? TimeSpan.Zero).Where(wait => wait > TimeSpan.Zero)];
        Assert.Equal(refusals.Length, waits.Length);

        // The end of a limit is told in whole seconds, the next one where it lies between two.
        Assert.All(waits.Zip(refusals), w => Assert.InRange(
            w.First, w.Second.Wait, w.Second.Wait + TimeSpan.FromSeconds(w.Second.Wait.TotalSeconds == 100 ? 1 : 0)));

        // Something must come through, or the next failures would count on.
        stream.Publish(1);
        await stream.ReceiveAllAsync();
    }
}

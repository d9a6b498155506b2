using System.Text;
using FsCheck;
using FsCheck.Xunit;
using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Twitter.Live;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>The token is in no message, no exception and no log line, whatever a server says.</summary>
public class SecretTests
{
    // Of the form of the service's tokens, and none of them.
    private const string Secret = "AAAAAAAAAAAAAAAAStreamKit%2BTests%3DNotAToken0123456789abcdefghijklmnopqr";

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(418)]
    public async Task ARefusalThatRepeatsTheTokenDoesNotShowIt(int status)
    {
        List<string> said = await RunAsync(x => x.FailNext(ConnectFault.HttpError(status, $"Bearer {Secret} is bad")));
        Assert.Contains(said, text => text.Contains("Bearer *** is bad", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WaitsAndStreamsThatRepeatTheTokenDoNotShowIt()
    {
        List<string> said = await RunAsync(x =>
        {
            x.FailNext(ConnectFault.HttpError(503, $"{Secret}{Secret}"));
            x.FailNext(ConnectFault.RateLimited(TimeSpan.FromSeconds(1)));
            x.FailNext(ConnectFault.Reset);
            x.FailNext(ConnectFault.AcceptedAndEnded);
            x.FailNext(ConnectFault.HttpError(401, "enough"));
        });
        Assert.Contains(said, text => text.Contains("******", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LinesThatRepeatTheTokenDoNotShowIt()
    {
        List<string> said = await RunAsync(
            _ => { },
            StreamFault.Line($"<html>Authorization: Bearer {Secret}</html>"),
            StreamFault.Problem("usage-capped", $"for {Secret}"),
            StreamFault.Line("{\"" + Secret + "\":1}"),
            StreamFault.Line("{\"data\":{\"id\":\"1\",\"text\":7,\"x\":\"" + Secret + "\"}}"),
            StreamFault.Disconnect($"Token{Secret}Revoked"));
        Assert.Contains(said, text => text.Contains("for ***", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("Token***Revoked", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("Bearer ***</html>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\nnext")]
    [InlineData(" and more")]
    [InlineData("é")]
    public async Task ATokenThatIsNoneIsNotShown(string tail)
    {
        TwitterApiException failure = await Assert.ThrowsAsync<TwitterApiException>(
            () => ListAsync(TwitterAccess.FromCallback(_ => new(Secret + tail))));
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACallbackThatFailsWithTheTokenInUseDoesNotShowIt()
    {
        int calls = 0;
        TwitterAccess access = TwitterAccess.FromCallback(_ => calls++ == 0
            ? new ValueTask<string>(Secret)
            : throw new InvalidOperationException($"{Secret} is revoked", new IOException(Secret)));
        List<string> said = await RunAsync(x => x.FailNext(ConnectFault.HttpError(503)), access);
        Assert.Contains(said, text => text.Contains("*** is revoked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnAbsentVariableIsNamed()
    {
        TwitterApiException failure = await Assert.ThrowsAsync<TwitterApiException>(
            () => ListAsync(TwitterAccess.FromEnvironment("STREAMKIT_NO_SUCH_VARIABLE")));
        Assert.Contains("STREAMKIT_NO_SUCH_VARIABLE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDescribesTheAccessDoesNotHoldTheToken()
    {
        TwitterAccess access = TwitterAccess.FromCallback(_ => new(Secret));
        var options = new FilteredStreamOptions { Access = access };
        Assert.DoesNotContain(Secret, $"{access} {options}", StringComparison.Ordinal);
    }

    [Property(MaxTest = 200)]
    public void NoTextKeepsTheToken(NonEmptyString before, NonEmptyString after, PositiveInt length)
    {
        string token = Secret[..(8 + (length.Get % (Secret.Length - 8)))];
        using var api = new ApiClient(TwitterAccess.FromCallback(_ => new(token)));
        Assert.Throws<HttpRequestException>(() => Send(api));
        string text = $"{before.Get}{token}{after.Get}{token}";
        Assert.DoesNotContain(token, api.Redact(text), StringComparison.Ordinal);
        byte[] bytes = api.Redact(Encoding.UTF8.GetBytes(text));
        Assert.DoesNotContain(token, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Exception exception = api.Redact(new InvalidOperationException(text, new IOException(token)));
        Assert.DoesNotContain(token, exception.ToString(), StringComparison.Ordinal);
        StreamProblem problem = api.Redact(new StreamProblem { Detail = text, Details = [text] });
        Assert.DoesNotContain(token, problem.ToString(), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A port that nobody can listen to; the token has been read before.
    private static void Send(ApiClient api)
    {
        try
        {
            api.SendAsync(HttpMethod.Get, "http://127.0.0.1:0/", json: null, Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not HttpRequestException)
        {
            throw new HttpRequestException("refused", exception);
        }
    }

    private static async Task ListAsync(TwitterAccess access)
    {
        using var rules = new TwitterRules(access);
        await rules.ListAsync(Token);
    }

    private static Task<List<string>> RunAsync(Action<TwitterSimulator> prepare, params StreamFault[] faults) =>
        RunAsync(prepare, TwitterAccess.FromCallback(_ => new(Secret)), faults);

    /// <summary>Runs until the source fails, and gives all that was said meanwhile, which holds no token.</summary>
    private static async Task<List<string>> RunAsync(
        Action<TwitterSimulator> prepare,
        TwitterAccess access,
        params StreamFault[] faults)
    {
        List<string> said = [];
        var log = new LogLines();
        var clock = new VirtualTime();
        await using TwitterSimulator x = await TwitterSimulator.StartAsync(null, Token);
        x.AddRule("coffee");
        prepare(x);
        var opened = new TaskCompletionSource();
        var options = new FilteredStreamOptions
        {
            Access = access with { Endpoint = x.Endpoint },
            OnConnectionEvent = e =>
            {
                lock (said)
                {
                    said.Add($"{e} {string.Join(' ', e.Problems.SelectMany(All))}");
                }

                opened.TrySetResult();
                clock.Advance(e.RetryAfter ?? TimeSpan.Zero);
            },
        };
        var surroundings = new SourceDriverOptions { Clock = clock, Logger = log };
        await using SourceDriver<Tweet> driver =
            await SourceDriver.OpenAsync(TwitterSource.FilteredStream(options), surroundings, Token);
        Task reading = ReadToTheEndAsync(driver);
        if (faults.Length > 0)
        {
            await x.WaitForStreamsAsync(1, Token);
            x.FailNext(ConnectFault.HttpError(400, "the end"));
            Array.ForEach(faults, x.Inject);
        }

        Exception failure = await Assert.ThrowsAsync<TwitterApiException>(() => reading);
        said.AddRange(log.Lines);
        said.Add(failure.ToString());
        foreach (BadRecord bad in driver.BadRecords)
        {
            said.Add($"{bad.Position} {bad.Exception} {Encoding.UTF8.GetString(bad.Bytes.Span)}");
        }

        Assert.DoesNotContain(said, text => text.Contains(Secret, StringComparison.Ordinal));
        return said;
    }

    // A driver wants records of each read; here there are none, only reports.
    private static async Task ReadToTheEndAsync(SourceDriver<Tweet> driver)
    {
        while (true)
        {
            try
            {
                await driver.Split.ReadAsync(Token);
            }
            catch (ContractException)
            {
            }
        }
    }

    private static IEnumerable<string?> All(StreamProblem problem) =>
        [problem.Title, problem.Detail, problem.Type, problem.DisconnectType, problem.Value, .. problem.Details];
}

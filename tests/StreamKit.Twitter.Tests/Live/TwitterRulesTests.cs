using System.Net;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>Rules are listed, added, checked and deleted; what is refused is told with its reason.</summary>
public sealed class TwitterRulesTests : IAsyncLifetime
{
    private TwitterSimulator _x = null!;
    private TwitterRules _rules = null!;

    public async ValueTask InitializeAsync()
    {
        _x = await TwitterSimulator.StartAsync(new() { MaxRules = 1500, BearerToken = "right" }, Token);
        _rules = new TwitterRules(AccessWith("right"));
    }

    public ValueTask DisposeAsync()
    {
        _rules.Dispose();
        return _x.DisposeAsync();
    }

    [Fact]
    public async Task RulesAreAddedListedAndDeleted()
    {
        Assert.Empty(await _rules.ListAsync(Token));
        RuleChange added = await _rules.AddAsync([new("#dotnet lang:en", "dotnet"), new("coffee -tea")], Token);
        Assert.Equal((2, 0), (added.Created, added.NotCreated));
        Assert.Empty(added.Problems);
        IReadOnlyList<StreamRule> listed = await _rules.ListAsync(Token);
        Assert.Equal(added.Rules, listed);
        Assert.Equal([("#dotnet lang:en", "dotnet"), ("coffee -tea", null)], listed.Select(r => (r.Value, r.Tag)));
        RuleChange deleted = await _rules.DeleteAsync([listed[0].Id!.Value, 17], Token);
        Assert.Equal((1, 1), (deleted.Deleted, deleted.NotDeleted));
        Assert.Equal("coffee -tea", Assert.Single(await _rules.ListAsync(Token)).Value);
    }

    [Fact]
    public async Task ACheckAddsNothing()
    {
        RuleChange change = await _rules.ValidateAsync([new("coffee")], Token);
        Assert.Equal(1, change.Created);
        Assert.Empty(await _rules.ListAsync(Token));
    }

    [Fact]
    public async Task ARuleThatIsThereIsToldAndTheOthersAreAdded()
    {
        await _rules.AddAsync([new("coffee")], Token);
        RuleChange change = await _rules.AddAsync([new("coffee"), new("tea")], Token);
        Assert.Equal((1, 1), (change.Created, change.NotCreated));
        StreamProblem problem = Assert.Single(change.Problems);
        Assert.Equal(("duplicate-rules", "coffee"), (problem.TypeName, problem.Value));
    }

    [Fact]
    public async Task RulesOfWhichNoneIsValidAreRefusedWithTheReasonOfEach()
    {
        TwitterApiException refusal = await Assert.ThrowsAsync<TwitterApiException>(
            () => _rules.AddAsync([new("(coffee"), new("-tea"), new("lang:en")], Token));
        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.Equal(3, refusal.Problems.Count);
        Assert.All(refusal.Problems, problem => Assert.Equal("invalid-rules", problem.TypeName));
        Assert.Contains("a parenthesis is not closed", refusal.Problems[0].Details[0], StringComparison.Ordinal);
        Assert.Contains("(coffee", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyRulesComeInPages()
    {
        for (int part = 0; part < 3; part++)
        {
            await _rules.AddAsync(Enumerable.Range(part * 500, 500).Select(i => new StreamRule($"word{i}")), Token);
        }

        Assert.Equal(1500, (await _rules.ListAsync(Token)).Select(rule => rule.Id).Distinct().Count());
        TwitterApiException refusal =
            await Assert.ThrowsAsync<TwitterApiException>(() => _rules.AddAsync([new("one more")], Token));
        Assert.Equal("rule-cap", Assert.Single(refusal.Problems).TypeName);
    }

    [Fact]
    public async Task AnotherTokenDoesNotOpen()
    {
        using var wrong = new TwitterRules(AccessWith("wrong"));
        TwitterApiException refusal = await Assert.ThrowsAsync<TwitterApiException>(() => wrong.ListAsync(Token));
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
        Assert.DoesNotContain("wrong", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALimitSaysWhenItEnds()
    {
        for (int i = 0; i < 100; i++)
        {
            await _rules.DeleteAsync([1], Token);
        }

        TwitterApiException refusal =
            await Assert.ThrowsAsync<TwitterApiException>(() => _rules.DeleteAsync([1], Token));
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.NotNull(refusal.RateLimitReset);
    }

    [Fact]
    public async Task AGivenClientIsUsedAndStaysOpen()
    {
        using var client = new HttpClient();
        using (var rules = new TwitterRules(AccessWith("right") with { Client = client }))
        {
            Assert.Empty(await rules.ListAsync(Token));
        }

        using HttpResponseMessage answer = await client.GetAsync(new Uri(_x.Endpoint, "2/tweets/search/stream"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TwitterAccess AccessWith(string token) =>
        TwitterAccess.FromCallback(_ => new(token)) with { Endpoint = _x.Endpoint };
}

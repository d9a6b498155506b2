using System.Globalization;
using System.Text.Json;
using StreamKit.Twitter.Parsing;

namespace StreamKit.Twitter.Tests;

/// <summary>Every captured v2 file, held against facts that were computed elsewhere.</summary>
public sealed class CapturedV2Tests
{
    public static TheoryData<string> Files => new(
        "cashtags.jsonl", "cotweet.jsonl", "counts.jsonl", "edited_after.jsonl", "edited_before.jsonl",
        "flat.jsonl.gz", "geo_tweets.jsonl", "many_urls.jsonl", "mentions_tweet.jsonl", "noflat.jsonl.gz",
        "quoted_edit.jsonl", "streaming_output_with_error.jsonl", "tweets_compliance.jsonl", "users_compliance.jsonl");

    [Fact]
    public void NoCapturedFileIsLeftOut() => Assert.Equal(
        Files.Select(row => row.Data).Order(StringComparer.Ordinal),
        Facts.Json("x-api-v2.json").EnumerateObject().Select(file => file.Name).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Files))]
    public void PostsCountAsTheFactsSay(string file)
    {
        Capture capture = Read(file);
        JsonElement facts = Facts.Json("x-api-v2.json").GetProperty(file);
        List<Tweet> posts = capture.Posts;

        Assert.Equal(facts.GetProperty("pages").GetInt32(), capture.Messages.Count);
        Assert.Equal(facts.GetProperty("bad_lines").GetInt32(), capture.BadLines.Count);
        Assert.Equal(facts.GetProperty("posts").GetInt32(), posts.Count);
        Assert.Equal(facts.GetProperty("authors").GetInt32(), posts.DistinctBy(post => post.AuthorId).Count());
        Assert.Equal(
            facts.GetProperty("partial_errors").GetInt32(),
            capture.Messages.OfType<TweetMessage>().Sum(message => message.Problems.Count));
        Assert.Equal(facts.GetProperty("first").GetString(), Iso(posts.Select(post => post.CreatedAt).Order()));
        Assert.Equal(
            facts.GetProperty("last").GetString(), Iso(posts.Select(post => post.CreatedAt).OrderDescending()));
        Assert.Equal(
            Facts.Counts(facts.GetProperty("langs")),
            posts.GroupBy(post => post.Language ?? "").ToDictionary(group => group.Key, group => group.Count()));
        Assert.Equal(Facts.Counts(facts.GetProperty("referenced")), posts.SelectMany(post => post.References)
            .GroupBy(reference => Name(reference.Kind)).ToDictionary(group => group.Key, group => group.Count()));
    }

    [Theory, MemberData(nameof(Files))]
    public void HashtagsCountAsTheFactsSay(string file)
    {
        JsonElement facts = Facts.Json("x-api-v2.json").GetProperty(file);
        var tags = Read(file).Posts
            .SelectMany(post => post.Hashtags, (post, tag) => (post, Tag: tag.ToLowerInvariant())).ToList();

        Assert.Equal(facts.GetProperty("hashtag_occurrences").GetInt32(), tags.Count);
        Assert.Equal(facts.GetProperty("distinct_tags").GetInt32(), tags.DistinctBy(entry => entry.Tag).Count());
        foreach (JsonProperty hour in facts.GetProperty("hashtags_per_hour").EnumerateObject())
        {
            Assert.Equal(
                Facts.Counts(hour.Value),
                tags.Where(entry => entry.post.CreatedAt.ToString("yyyy-MM-dd'T'HH':00:00Z'", null) == hour.Name)
                    .GroupBy(entry => entry.Tag).ToDictionary(group => group.Key, group => group.Count()));
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void IncludedUsersAndPlacesCountAsTheFactsSay(string file)
    {
        JsonElement facts = Facts.Json("x-api-v2.json").GetProperty(file).GetProperty("includes");
        var includes = new Includes(new ValueReader());
        int users = 0;
        int places = 0;
        foreach (byte[] line in Lines.Of($"x-api-v2/captured/{file}").Where(IsJson))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("includes", out JsonElement section))
            {
                var reader = new Utf8JsonReader(Lines.Utf8(section.GetRawText()));
                reader.Read();
                includes.Read(ref reader);
                users += includes.UserCount;
                places += includes.PlaceCount;
            }
        }

        Assert.Equal(facts.TryGetProperty("users", out JsonElement count) ? count.GetInt32() : 0, users);
        Assert.Equal(facts.TryGetProperty("places", out count) ? count.GetInt32() : 0, places);
    }

    [Fact]
    public void APageHoldsTheSamePostsAsItsFlatForm()
    {
        List<Tweet> page = Read("noflat.jsonl.gz").Posts;
        List<Tweet> flat = Read("flat.jsonl.gz").Posts;

        Assert.Equal(flat.Select(post => post.Id), page.Select(post => post.Id));
        Assert.Equal(flat.Select(post => post.AuthorUserName), page.Select(post => post.AuthorUserName));
        Assert.Equal(flat.Select(post => post.Metrics), page.Select(post => post.Metrics));
        Assert.All(page, post => Assert.NotNull(post.AuthorUserName));
    }

    [Fact]
    public void TheStreamEndsInATruncatedLineThatIsReportedWithItsPosition()
    {
        Capture capture = Read("streaming_output_with_error.jsonl");
        byte[] last = Lines.Of("x-api-v2/captured/streaming_output_with_error.jsonl").Last();

        Assert.Equal(last.Length, Assert.Single(capture.BadLines).BytePosition);
        Assert.All(capture.Posts, post => Assert.NotEmpty(post.MatchingRules));
        Assert.All(capture.Posts, post => Assert.NotNull(post.AuthorUserName));
        Assert.All(capture.Posts, post => Assert.NotNull(post.Geo?.PlaceName));
    }

    [Fact]
    public void APartialErrorNamesWhatIsMissing()
    {
        var message = Assert.IsType<TweetMessage>(Assert.Single(Read("noflat.jsonl.gz").Messages));
        StreamProblem problem = Assert.Single(message.Problems);

        Assert.Equal("resource-not-found", problem.TypeName);
        Assert.Equal("user", problem.ResourceType);
        Assert.False(problem.IsDisconnect);
    }

    [Fact]
    public void AnEditedPostListsItsVersions()
    {
        Tweet edited = Assert.Single(Read("edited_after.jsonl").Posts);
        Assert.True(edited.EditHistoryIds.Count > 1);
        Assert.Equal(edited.Id, edited.EditHistoryIds[^1]);
        Assert.Equal(edited.EditHistoryIds.Order(), edited.EditHistoryIds);
    }

    [Theory]
    [InlineData("counts.jsonl", "data meta __twarc")]
    [InlineData("tweets_compliance.jsonl", "id action created_at reason")]
    public void WhatIsNoPostIsUnknownAndKeepsItsKeys(string file, string keys)
    {
        var unknown = Assert.IsType<UnknownMessage>(Read(file).Messages[0]);
        Assert.Equal(keys.Split(' '), unknown.Keys);
    }

    private static bool IsJson(byte[] line)
    {
        try
        {
            JsonDocument.Parse(line).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Iso(IEnumerable<DateTimeOffset> times) => times
        .Select(time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).FirstOrDefault();

    private static string Name(TweetReferenceKind kind) => kind switch
    {
        TweetReferenceKind.Retweeted => "retweeted",
        TweetReferenceKind.Quoted => "quoted",
        TweetReferenceKind.RepliedTo => "replied_to",
        _ => "other",
    };

    private static Capture Read(string file)
    {
        var parser = new TweetParser();
        var capture = new Capture();
        foreach (byte[] line in Lines.Of($"x-api-v2/captured/{file}"))
        {
            try
            {
                StreamMessage message = parser.Parse(line);
                if (message is not KeepAliveMessage)
                {
                    capture.Messages.Add(message);
                }
            }
            catch (TweetFormatException exception)
            {
                capture.BadLines.Add(exception);
            }
        }

        return capture;
    }

    private sealed class Capture
    {
        internal List<StreamMessage> Messages { get; } = [];

        internal List<TweetFormatException> BadLines { get; } = [];

        internal List<Tweet> Posts => [.. Messages.OfType<TweetMessage>().SelectMany(message => message.Tweets)];
    }
}

namespace StreamKit.Twitter.Tests;

/// <summary>The odd shapes a post may come in; every post is made up.</summary>
public sealed class TweetShapeTests
{
    [Fact]
    public void ABareV2PostHasTheTimeOfItsIdAndEmptyLists()
    {
        Tweet tweet = One("""{"data":{"id":"1346889436626259968","text":"hello"}}""");

        Assert.Equal(new DateTimeOffset(2021, 1, 6, 18, 40, 40, TimeSpan.Zero), Whole(tweet.CreatedAt));
        Assert.Equal("hello", tweet.Text);
        Assert.Null(tweet.Language);
        Assert.Equal(0, tweet.AuthorId);
        Assert.Null(tweet.AuthorUserName);
        Assert.Null(tweet.Metrics);
        Assert.Null(tweet.Geo);
        Assert.Empty(tweet.Hashtags);
        Assert.Empty(tweet.ExtendedHashtags);
        Assert.Empty(tweet.Mentions);
        Assert.Empty(tweet.Urls);
        Assert.Empty(tweet.References);
        Assert.Empty(tweet.MatchingRules);
        Assert.Empty(tweet.EditHistoryIds);
    }

    [Theory]
    [InlineData("\"Wed Aug 27 13:08:45 +0000 2008\"", 45)]
    [InlineData("\"Wed Aug 27 15:08:45 +0200 2008\"", 45)]
    [InlineData("\"2008-08-27T13:08:45.000Z\"", 45)]
    [InlineData("\"2008-08-27T13:08:45\"", 45)]
    [InlineData("\"2008-08-27T08:08:45-05:00\"", 45)]
    [InlineData("\"2008-08-27T13:08:45.000Z\",\"timestamp_ms\":\"1219842526000\"", 46)]
    [InlineData("\"2008-08-27T13:08:45.000Z\",\"timestamp_ms\":1219842526000", 46)]
    [InlineData("null,\"timestamp_ms\":\"1219842526000\"", 46)]
    [InlineData("\"2008-08-27T13:08:45.000Z\",\"timestamp_ms\":null", 45)]
    public void TimestampMsComesBeforeCreatedAtInAnyForm(string createdAt, int second)
    {
        Tweet tweet = One($$"""{"id":20,"text":"a","created_at":{{createdAt}}}""");
        Assert.Equal(new DateTimeOffset(2008, 8, 27, 13, 8, second, TimeSpan.Zero), tweet.CreatedAt);
        Assert.Equal(TimeSpan.Zero, tweet.CreatedAt.Offset);
    }

    [Fact]
    public void ALongTweetGivesItsFullTextAndBothTagLists()
    {
        Tweet tweet = One("""
            {"extended_tweet":{"full_text":"the long form","entities":{"hashtags":[{"text":"One"},{"text":"Two"}],
            "user_mentions":[{"screen_name":"bo","id":3}],"urls":[{"url":"u","expanded_url":"https://long"}]}},
            "truncated":true,"text":"the l…","id":20,"entities":{"hashtags":[{"text":"One"}],"urls":[{"url":"cut"}]}}
            """);

        Assert.Equal("the long form", tweet.Text);
        Assert.Equal(["One"], tweet.Hashtags);
        Assert.Equal(["One", "Two"], tweet.ExtendedHashtags);
        Assert.Equal([new TweetMention("bo", 3)], tweet.Mentions);
        Assert.Equal(["https://long"], tweet.Urls);
    }

    [Theory]
    [InlineData("note_tweet", "referenced_tweets", "edit_history_tweet_ids")]
    [InlineData("note_post", "referenced_posts", "edit_history_post_ids")]
    public void BothSpellingsOfV2AreRead(string note, string references, string history)
    {
        Tweet tweet = One($$$"""
            {"data":{"{{{note}}}":{"text":"long","entities":{"hashtags":[{"tag":"In"}]}},"id":"21","text":"lo…",
            "{{{references}}}":[{"type":"quoted","id":"5"},{"type":"new_kind","id":"6"}],"{{{history}}}":["20","21"]}}
            """);

        Assert.Equal("long", tweet.Text);
        Assert.Equal(["In"], tweet.ExtendedHashtags);
        Assert.Empty(tweet.Hashtags);
        Assert.Equal(
            [new TweetReference(TweetReferenceKind.Quoted, 5), new TweetReference(TweetReferenceKind.Other, 6)],
            tweet.References);
        Assert.Equal([20, 21], tweet.EditHistoryIds);
    }

    [Fact]
    public void WithoutALongFormBothTagListsAreOne()
    {
        Tweet tweet = One("""{"id":20,"text":"a","entities":{"hashtags":[{"text":"X"},{"text":"x"},{"text":"X"}]}}""");
        Assert.Equal(["X", "x", "X"], tweet.Hashtags);
        Assert.Same(tweet.Hashtags, tweet.ExtendedHashtags);
    }

    [Fact]
    public void IncludesAreJoinedWhereverTheyStand()
    {
        const string Includes = """
            "includes":{"users":[{"username":"ann","id":"7"}],
            "places":[{"id":"p","full_name":"Here","country_code":"NL"}]}
            """;
        const string Data = """ "data":{"id":"20","text":"a","author_id":"7","geo":{"place_id":"p"}} """;

        foreach (string line in new[] { $"{{{Includes},{Data}}}", $"{{{Data},{Includes}}}" })
        {
            Tweet tweet = One(line);
            Assert.Equal("ann", tweet.AuthorUserName);
            Assert.Equal(("p", "Here", "NL"), (tweet.Geo?.PlaceId, tweet.Geo?.PlaceName, tweet.Geo?.CountryCode));
        }
    }

    [Theory]
    [InlineData("""{"id":20,"text":"a","geo":{"type":"Point","coordinates":[52.1,5.2]}}""")]
    [InlineData("""{"id":20,"text":"a","coordinates":{"type":"Point","coordinates":[5.2,52.1]}}""")]
    [InlineData("""{"data":{"id":"20","text":"a","geo":{"coordinates":{"coordinates":[5.2,52.1],"type":"Point"}}}}""")]
    public void APointReadsTheSameInEveryShape(string line)
    {
        Tweet tweet = One(line);
        Assert.Equal((5.2, 52.1), (tweet.Geo?.Longitude, tweet.Geo?.Latitude));
    }

    [Fact]
    public void AV1RetweetOfAQuoteThatIsAReplyRefersToAllThree()
    {
        Tweet tweet = One("""
            {"retweeted_status":{"text":"not mine","id":1,"id_str":"2","user":{"id":3,"screen_name":"other"},
            "entities":{"hashtags":[{"text":"not_mine"}]}},"quoted_status_id":3,"quoted_status_id_str":"4",
            "quoted_status":{"id":9},"in_reply_to_status_id":5,"in_reply_to_status_id_str":null,"id":20,"text":"mine"}
            """);

        Assert.Equal(
            [
                new(TweetReferenceKind.Retweeted, 2),
                new(TweetReferenceKind.Quoted, 4),
                new(TweetReferenceKind.RepliedTo, 5),
            ],
            tweet.References);
        Assert.True(tweet.IsRetweet && tweet.IsQuote && tweet.IsReply);
        Assert.Equal("mine", tweet.Text);
        Assert.Empty(tweet.Hashtags);
        Assert.Null(tweet.AuthorUserName);
    }

    [Fact]
    public void NullIsTheSameAsAbsent()
    {
        Tweet tweet = One("""
            {"id":20,"id_str":null,"text":"a","lang":null,"user":null,"entities":null,"extended_tweet":null,"geo":null,
            "coordinates":null,"place":null,"matching_rules":null,"public_metrics":null,"retweet_count":null,
            "quoted_status":null,"retweeted_status":null,"referenced_tweets":null,"edit_history_tweet_ids":null}
            """);
        Assert.Equal("tweet 20", Summary.Of(new TweetParser().Parse("""{"id":20,"text":"a"}"""u8)));
        Assert.Null(tweet.Metrics);
        Assert.Empty(tweet.Hashtags);
        Assert.Empty(tweet.References);
    }

    [Fact]
    public void OfARepeatedKeyTheLastValueCounts()
    {
        Tweet tweet = One("""
            {"id":1,"id":20,"text":"a","text":"b","lang":"en","lang":null,"entities":{"hashtags":[{"text":"x"}]},
            "entities":{"hashtags":[{"text":"y"}],"hashtags":[{"text":"z"}]}}
            """);
        Assert.Equal((20, "b", null), (tweet.Id, tweet.Text, tweet.Language));
        Assert.Equal(["z"], tweet.Hashtags);
        Assert.IsType<UnknownMessage>(new TweetParser().Parse("""{"id":20,"text":"a","text":null}"""u8));
    }

    [Fact]
    public void EscapesAndSurrogatePairsAreDecodedInNamesAndValues()
    {
        Tweet tweet = One("""
            {"\u0069d":"20","te\u0078t":"a\n\"\u00e9\ud83d\ude00","lang":"\u006el",
            "entities":{"hashtags":[{"t\u0065xt":"caf\u00e9"}]}}
            """);
        Assert.Equal("a\n\"é😀", tweet.Text);
        Assert.Equal("nl", tweet.Language);
        Assert.Equal(["café"], tweet.Hashtags);
    }

    [Fact]
    public void TheLargestIdIsReadExactly()
    {
        Tweet tweet = One("""{"data":{"id":"9223372036854775807","text":"a"}}""");
        Assert.Equal(long.MaxValue, tweet.Id);
        Assert.Equal(2080, tweet.CreatedAt.Year);
    }

    [Fact]
    public void MetricsOfBothVersionsAreRead()
    {
        Tweet v1 = One("""{"id":20,"text":"a","retweet_count":1,"reply_count":2,"favorite_count":3,"quote_count":4}""");
        Tweet v2 = One("""
            {"data":{"id":"20","text":"a","public_metrics":{"retweet_count":1,"reply_count":2,"like_count":3,
            "quote_count":4,"bookmark_count":5,"impression_count":6000000000}}}
            """);
        var common = new TweetMetrics { RetweetCount = 1, ReplyCount = 2, LikeCount = 3, QuoteCount = 4 };
        Assert.Equal(common, v1.Metrics);
        Assert.Equal(common with { BookmarkCount = 5, ImpressionCount = 6_000_000_000 }, v2.Metrics);
    }

    [Fact]
    public void AMentionOfAUserWhoIsGoneKeepsItsPlace()
    {
        Tweet tweet = One("""
            {"id":20,"text":"a","entities":{"user_mentions":[{"screen_name":null,"id":-1,"id_str":"-1"},
            {"screen_name":"bo"}]}}
            """);
        Assert.Equal([new TweetMention("", null), new TweetMention("bo", null)], tweet.Mentions);
    }

    [Fact]
    public void AllRulesOfAPostAreKept()
    {
        Tweet tweet = One("""
            {"matching_rules":[{"id":"11","tag":"cats"},{"id":"12","tag":null,"embedding_similarity":0.5,
            "embedding_threshold":0.4}],"data":{"id":"20","text":"a"}}
            """);
        Assert.Equal([11, 12], tweet.MatchingRules.Select(rule => rule.Id));
        Assert.Equal(["cats", null], tweet.MatchingRules.Select(rule => rule.Tag));
        MatchingRule last = tweet.MatchingRules[1];
        Assert.Equal((0.5, 0.4), (last.EmbeddingSimilarity, last.EmbeddingThreshold));
    }

    private static Tweet One(string line) =>
        Assert.Single(Assert.IsType<TweetMessage>(new TweetParser().Parse(Lines.Utf8(line))).Tweets);

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}

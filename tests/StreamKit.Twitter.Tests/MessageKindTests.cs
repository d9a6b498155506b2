namespace StreamKit.Twitter.Tests;

/// <summary>One made-up line of every kind.</summary>
public sealed class MessageKindTests
{
    [Theory]
    [InlineData("""{"id_str":"20","text":"a","user":{"id_str":"7","screen_name":"ann"}}""", "tweet 20 @ann")]
    [InlineData("""{"data":{"id":"20","text":"a"}}""", "tweet 20")]
    [InlineData("""{"id":"20","text":"a","author":{"id":"7","username":"ann"}}""", "tweet 20 @ann")]
    [InlineData("""{"data":[{"id":"20","text":"a"},{"id":"21","text":"b"}]}""", "tweet 20 | tweet 21")]
    [InlineData("""[{"id":20,"text":"a"},{"id":21,"text":"b"}]""", "tweet 20 | tweet 21")]
    [InlineData("""{"data":{"id":"20","text":"a"},"errors":[{"title":"Not Found Error"}]}""", "tweet 20 problems:1")]
    [InlineData("""{"data":[{"id":"20","text":"a"},{"id":"21"}]}""", "tweet 20 not-posts:1")]
    [InlineData("""{"delete":{"status":{"id":5,"id_str":"6","user_id":8}}}""", "delete 6 8")]
    [InlineData("""{"delete":{"favorite":{"tweet_id":5,"user_id":8}}}""", "FavoriteDeleted tweet:5 user:8")]
    [InlineData("""{"limit":{"track":1234}}""", "Limit tweet: user: undelivered:1234")]
    [InlineData("""{"scrub_geo":{"user_id":8,"up_to_status_id":5}}""", "ScrubGeo tweet:5 user:8")]
    [InlineData(
        """{"status_withheld":{"id":5,"user_id":8,"withheld_in_countries":["DE","AR"]}}""",
        "StatusWithheld tweet:5 user:8 in:DE,AR")]
    [InlineData("""{"user_withheld":{"id":8,"withheld_in_countries":["DE"]}}""", "UserWithheld tweet: user:8 in:DE")]
    [InlineData(
        """{"warning":{"code":"FALLING_BEHIND","message":"slow","percent_full":60}}""",
        "Warning tweet: user: code:FALLING_BEHIND reason:slow full:60")]
    [InlineData(
        """{"disconnect":{"code":4,"stream_name":"s","reason":"stall"}}""",
        "Disconnect tweet: user: code:4 reason:stall")]
    [InlineData("""{"user_suspend":{"id":8}}""", "UserSuspended tweet: user:8")]
    [InlineData("""{"drop":{"status":{"id":5,"user_id":8}}}""", "StatusDropped tweet:5 user:8")]
    [InlineData("""{"errors":[{"type":"https://host/problems#usage-capped"}]}""", "problem usage-capped")]
    [InlineData("""{"errors":[{"disconnect_type":"Any"}]}""", "problem  disconnect")]
    [InlineData(
        """{"title":"T","type":"https://host/2/problems/client-disconnected/"}""",
        "problem client-disconnected disconnect")]
    [InlineData("""{"errors":[{"code":1,"message":"m"}],"title":"T","detail":"d"}""", "problem 1")]
    [InlineData("", "keep-alive")]
    [InlineData(" \r\n", "keep-alive")]
    [InlineData("""{"type":"connection_metadata","datacenter":"x"}""", "keep-alive")]
    [InlineData("""{"friends":[1,2],"x\u0041":{}}""", "unknown friends xA")]
    [InlineData("""{"limit":{"track":1},"warning":{"code":"A"}}""", "unknown limit warning")]
    [InlineData("""{"limit":7}""", "unknown limit")]
    [InlineData("""{"data":null,"errors":[]}""", "unknown data errors")]
    [InlineData("""{"data":{"id":"1zq","title":"a space"}}""", "unknown data")]
    [InlineData("""{"text":5,"user":"someone","geo":true}""", "unknown text user geo")]
    [InlineData("{}", "unknown ")]
    [InlineData("[]", "unknown ")]
    public void ALineReadsAsItsKind(string line, string expected)
    {
        Assert.Equal(expected, Summary.Of(new TweetParser().Parse(Lines.Utf8(line))));
        Assert.Equal(expected, Summary.Of(new TweetParser().Parse(Lines.Utf8(line + "\r\n"))));
    }

    [Fact]
    public void AnOperationalDisconnectKeepsItsWords()
    {
        var message = Assert.IsType<ProblemMessage>(new TweetParser().Parse("""
            {"errors":[{"title":"operational-disconnect","disconnect_type":"Upstream","detail":"closing",
            "type":"https://host/2/problems/operational-disconnect"}]}
            """u8));

        StreamProblem problem = Assert.Single(message.Problems);
        Assert.Equal("operational-disconnect", problem.Title);
        Assert.Equal("Upstream", problem.DisconnectType);
        Assert.Equal("closing", problem.Detail);
        Assert.Equal("https://host/2/problems/operational-disconnect", problem.Type);
        Assert.Equal("operational-disconnect", problem.TypeName);
    }

    [Theory]
    [InlineData("""{"id":"20","text":"a""", 20)]
    [InlineData("""{"id":"20","text":"a"} x""", 23)]
    [InlineData("{\"id\":\"20\",\n\"text\":x}", 19)]
    [InlineData("""{"id":"20","text":"\ud83d"}""", 18)]
    [InlineData("""{"id":"20","text":5}""", 18)]
    [InlineData("""{"id":"x","text":"a"}""", 6)]
    [InlineData("""{"id":"-3","text":"a"}""", 6)]
    [InlineData("""{"id":"9223372036854775808","text":"a"}""", 6)]
    [InlineData("""{"id":"20","text":"a","created_at":"yesterday"}""", 35)]
    [InlineData("""{"id":"20","text":"a","timestamp_ms":9223372036854775807}""", 37)]
    [InlineData("""{"id":"20","text":"a","timestamp_ms":"-9223372036854775808"}""", 37)]
    [InlineData("""{"id":"20","text":"a","retweet_count":4294967296}""", 38)]
    [InlineData("""{"id":"20","text":"a","geo":{"coordinates":[1e999,2]}}""", 44)]
    [InlineData("""{"id":"20","text":"a","geo":{"coordinates":[1,2,3]}}""", 49)]
    [InlineData("""{"id":"20","text":"a","entities":{"hashtags":[{"indices":[0,1]}]}}""", 62)]
    [InlineData("""{"data":{"id":"20","text":"a","lang":["en"]}}""", 37)]
    [InlineData("""{"delete":{"status":{"user_id":8}}}""", 10)]
    [InlineData("1953", 0)]
    [InlineData("null", 0)]
    public void ABrokenLineIsReportedWithItsPosition(string line, int position)
    {
        var exception = Assert.Throws<TweetFormatException>(() => new TweetParser().Parse(Lines.Utf8(line)));
        Assert.Equal(position, exception.BytePosition);
        Assert.NotEmpty(exception.Reason);
        Assert.Contains(exception.Reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TextThatIsNotUtf8IsReportedWithItsPosition()
    {
        byte[] line = [.. """{"id":"20","text":"a"""u8, 0xC3, .. "\"}"u8];
        var exception = Assert.Throws<TweetFormatException>(() => new TweetParser().Parse(line));
        Assert.Equal(18, exception.BytePosition);
    }

    [Fact]
    public void ABrokenLineLeavesNoTraceInTheNext()
    {
        var parser = new TweetParser();
        Assert.Throws<TweetFormatException>(() => parser.Parse(
            """{"id":"20","text":"a","lang":"en","entities":{"hashtags":[{"text":"x"}]},"user":{"id":1},"geo":4}"""u8));
        var next = Assert.IsType<TweetMessage>(parser.Parse("""{"data":{"id":"21","text":"b"}}"""u8));

        Tweet tweet = Assert.Single(next.Tweets);
        Assert.Equal((21, 0, "b", null), (tweet.Id, tweet.AuthorId, tweet.Text, tweet.Language));
        Assert.Empty(tweet.Hashtags);
    }
}

using System.Globalization;
using System.Text.Json;

namespace StreamKit.Twitter.Tests;

/// <summary>Every line of the recorded v1.1 streams, held against facts that were computed elsewhere.</summary>
public sealed class RecordedV1Tests
{
    public const string Spritzer2013 = "spritzer-2013-08-10T1100-1102";
    public const string Spritzer2019 = "spritzer-2019-07-03T0629-0631";
    public const string Dutch2016 = "dutch-2016-01-22T0500-0505";

    public static TheoryData<string> Files => new(Spritzer2013, Spritzer2019, Dutch2016);

    [Theory, MemberData(nameof(Files))]
    public void LinesAreTweetsAndDeleteNoticesAsManyAsTheFactsSay(string file)
    {
        List<StreamMessage> messages = Read(file);
        JsonElement facts = Facts.Json($"tweets.{file}.summary.json");

        Assert.Equal(facts.GetProperty("lines").GetInt32(), messages.Count);
        Assert.Equal(facts.GetProperty("tweets").GetInt32(), messages.OfType<TweetMessage>().Count());
        Assert.Equal(facts.GetProperty("delete_notices").GetInt32(), messages.OfType<DeleteMessage>().Count());
        Assert.All(messages.OfType<TweetMessage>(), message => Assert.Single(message.Tweets));
        Assert.All(messages.OfType<TweetMessage>(), message => Assert.Equal(0, message.NotPosts));
    }

    [Theory, MemberData(nameof(Files))]
    public void TweetsCountAsTheFactsSay(string file)
    {
        Tweet[] tweets = Tweets(file);
        JsonElement facts = Facts.Json($"tweets.{file}.summary.json");
        int Fact(string name) => facts.GetProperty(name).GetInt32();
        int distinct = tweets.DistinctBy(tweet => tweet.Id).Count();

        Assert.Equal(Fact("distinct_ids"), distinct);
        Assert.Equal(Fact("repeated_ids"), tweets.Length - distinct);
        Assert.Equal(Fact("distinct_users"), tweets.DistinctBy(tweet => tweet.AuthorId).Count());
        Assert.Equal(Fact("retweets"), tweets.Count(tweet => tweet.IsRetweet));
        Assert.Equal(Fact("quotes"), tweets.Count(tweet => tweet.IsQuote));
        Assert.Equal(Fact("with_geo"), tweets.Count(tweet => tweet.Geo?.Latitude is not null));
        Assert.Equal(Fact("tweets_with_hashtag"), tweets.Count(tweet => tweet.Hashtags.Count > 0));
        Assert.Equal(Fact("hashtag_occurrences"), tweets.Sum(tweet => tweet.Hashtags.Count));
        Assert.Equal(Fact("hashtag_occurrences_extended"), tweets.Sum(tweet => tweet.ExtendedHashtags.Count));
        Assert.Equal(
            Fact("distinct_tags_case_sensitive"),
            tweets.SelectMany(tweet => tweet.Hashtags).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            Facts.Counts(facts.GetProperty("langs")),
            tweets.GroupBy(tweet => tweet.Language ?? "").ToDictionary(group => group.Key, group => group.Count()));
        Assert.Equal(
            Fact("distinct_tags_simple_lower"), tweets.SelectMany(tweet => tweet.Hashtags).DistinctBy(Lower).Count());
        Assert.Equal(facts.GetProperty("first").GetString(), Second(tweets.Min(tweet => tweet.CreatedAt)));
        Assert.Equal(facts.GetProperty("last").GetString(), Second(tweets.Max(tweet => tweet.CreatedAt)));
    }

    [Theory, MemberData(nameof(Files))]
    public void HashtagsPerMinuteCountAsTheFactsSay(string file)
    {
        var facts = Facts.HashtagsPerMinute($"tweets.{file}.hashtags_per_minute.csv");
        var counted = facts.Keys.ToDictionary(key => key, _ => new int[4]);
        HashSet<long> seen = [];
        foreach (Tweet tweet in Tweets(file))
        {
            bool isNew = seen.Add(tweet.Id);
            foreach (var tag in tweet.Hashtags.GroupBy(Lower))
            {
                int[] row = counted[(Minute(tweet.CreatedAt), tag.Key)];
                row[0] += tag.Count();
                row[1]++;
                row[2] += isNew ? tag.Count() : 0;
            }

            foreach (string tag in tweet.ExtendedHashtags)
            {
                counted[(Minute(tweet.CreatedAt), Lower(tag))][3]++;
            }
        }

        Assert.All(facts, fact => Assert.Equal(fact.Value, counted[fact.Key]));
    }

    [Theory, MemberData(nameof(Files))]
    public void EachTweetHoldsWhatAPlainJsonReaderFinds(string file)
    {
        var parser = new TweetParser();
        foreach (byte[] line in Lines.Of($"tweets/{file}.jsonl.gz"))
        {
            if (parser.Parse(line) is TweetMessage message)
            {
                using var json = JsonDocument.Parse(line);
                AssertSame(json.RootElement, Assert.Single(message.Tweets));
            }
        }
    }

    /// <summary>The facts are per second of <c>created_at</c>, the tweets are at <c>timestamp_ms</c>: in every real
    /// tweet both lie in the same second, so in the same minute too.</summary>
    [Theory, InlineData(Spritzer2019), InlineData(Dutch2016)]
    public void TimestampMsIsInTheSecondAndSoInTheMinuteOfCreatedAt(string file)
    {
        var parser = new TweetParser();
        int compared = 0;
        foreach (byte[] line in Lines.Of($"tweets/{file}.jsonl.gz"))
        {
            if (parser.Parse(line) is TweetMessage { Tweets: [var tweet] })
            {
                using var json = JsonDocument.Parse(line);
                DateTimeOffset createdAt = V1Time(json.RootElement.GetProperty("created_at"));
                string ms = json.RootElement.GetProperty("timestamp_ms").GetString()!;
                Assert.Equal(long.Parse(ms, CultureInfo.InvariantCulture), tweet.CreatedAt.ToUnixTimeMilliseconds());
                Assert.Equal(Minute(createdAt), Minute(tweet.CreatedAt));
                Assert.Equal(Second(createdAt), Second(tweet.CreatedAt));
                compared++;
            }
        }

        Assert.Equal(Facts.Json($"tweets.{file}.summary.json").GetProperty("tweets").GetInt32(), compared);
    }

    [Fact]
    public void DeleteNoticesSpanTheTimeTheFactsSay()
    {
        DeleteMessage[] deletes = [.. Read(Spritzer2019).OfType<DeleteMessage>()];
        JsonElement facts = Facts.Json($"tweets.{Spritzer2019}.summary.json").GetProperty("delete_first_last");

        Assert.Equal(facts[0].GetString(), Second(deletes.Min(delete => delete.At)!.Value));
        Assert.Equal(facts[1].GetString(), Second(deletes.Max(delete => delete.At)!.Value));
        Assert.All(deletes, delete => Assert.True(delete.TweetId > 0 && delete.UserId > 0));
    }

    [Fact]
    public void LanguageCodesAreSharedBetweenTweets()
    {
        Tweet[] tweets = Tweets(Spritzer2019);
        Assert.All(
            tweets.GroupBy(tweet => tweet.Language),
            group => Assert.Single(group.Select(tweet => tweet.Language).Distinct(ReferenceEqualityComparer.Instance)));
    }

    /// <summary>A budget, so that a change which allocates more is seen: 717 and 64 bytes were measured.</summary>
    [Fact]
    public void ATweetCostsLittleMoreThanItsTextAndADeleteNoticeOneObject()
    {
        byte[][] lines = [.. Lines.Of($"tweets/{Spritzer2019}.jsonl.gz")];
        var parser = new TweetParser();
        foreach (byte[] line in lines)
        {
            parser.Parse(line);
        }

        Dictionary<Type, long> bytes = [];
        foreach (byte[] line in lines)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            StreamMessage message = parser.Parse(line);
            long used = GC.GetAllocatedBytesForCurrentThread() - before;
            bytes[message.GetType()] = bytes.GetValueOrDefault(message.GetType()) + used;
        }

        JsonElement facts = Facts.Json($"tweets.{Spritzer2019}.summary.json");
        Assert.InRange(bytes[typeof(TweetMessage)] / facts.GetProperty("tweets").GetInt32(), 1, 800);
        Assert.InRange(bytes[typeof(DeleteMessage)] / facts.GetProperty("delete_notices").GetInt32(), 1, 64);
    }

    private static void AssertSame(JsonElement json, Tweet tweet)
    {
        bool isLong = json.TryGetProperty("extended_tweet", out JsonElement extended);
        JsonElement entities = json.GetProperty("entities");
        JsonElement full = isLong ? extended.GetProperty("entities") : entities;

        Assert.Equal(json.GetProperty("id_str").GetString(), tweet.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal((isLong ? extended.GetProperty("full_text") : json.GetProperty("text")).GetString(), tweet.Text);
        Assert.Equal(json.GetProperty("user").GetProperty("id").GetInt64(), tweet.AuthorId);
        Assert.Equal(json.GetProperty("user").GetProperty("screen_name").GetString(), tweet.AuthorUserName);
        Assert.Equal(Texts(entities, "hashtags", "text"), tweet.Hashtags);
        Assert.Equal(Texts(full, "hashtags", "text"), tweet.ExtendedHashtags);
        Assert.Equal(Texts(full, "urls", "expanded_url"), tweet.Urls);
        Assert.Equal(Texts(full, "user_mentions", "screen_name"), tweet.Mentions.Select(mention => mention.UserName));
        Assert.Equal(json.GetProperty("retweet_count").GetInt32(), tweet.Metrics?.RetweetCount);
        Assert.Equal(json.GetProperty("in_reply_to_status_id").ValueKind != JsonValueKind.Null, tweet.IsReply);
        Assert.Equal(TimeSpan.Zero, tweet.CreatedAt.Offset);
        Assert.Equal(Second(V1Time(json.GetProperty("created_at"))), Second(tweet.CreatedAt));
        if (json.GetProperty("geo") is { ValueKind: JsonValueKind.Object } geo)
        {
            Assert.Equal(geo.GetProperty("coordinates")[0].GetDouble(), tweet.Geo?.Latitude);
            Assert.Equal(geo.GetProperty("coordinates")[1].GetDouble(), tweet.Geo?.Longitude);
        }

        if (json.GetProperty("place") is { ValueKind: JsonValueKind.Object } place)
        {
            Assert.Equal(place.GetProperty("id").GetString(), tweet.Geo?.PlaceId);
            Assert.Equal(place.GetProperty("full_name").GetString(), tweet.Geo?.PlaceName);
            Assert.Equal(place.GetProperty("country_code").GetString(), tweet.Geo?.CountryCode);
        }
    }

    private static IEnumerable<string?> Texts(JsonElement entities, string list, string name) =>
        entities.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(name).GetString());

    private static DateTimeOffset V1Time(JsonElement createdAt) => DateTimeOffset.ParseExact(
        createdAt.GetString()!, "ddd MMM dd HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture);

    private static string Minute(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:'00Z'", CultureInfo.InvariantCulture);

    private static string Second(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Lower(string tag) => tag.ToLowerInvariant();

    private static List<StreamMessage> Read(string file)
    {
        var parser = new TweetParser();
        return [.. Lines.Of($"tweets/{file}.jsonl.gz").Select(line => parser.Parse(line))];
    }

    private static Tweet[] Tweets(string file) =>
        [.. Read(file).OfType<TweetMessage>().SelectMany(message => message.Tweets)];
}

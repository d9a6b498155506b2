using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Collects the counters of a post: an object in v2, fields of the post in v1.1.</summary>
internal sealed class MetricsReader(ValueReader values)
{
    private static readonly NameMap<PostField> s_names = new(
        ("retweet_count", PostField.RetweetCount), ("reply_count", PostField.ReplyCount),
        ("like_count", PostField.LikeCount), ("quote_count", PostField.QuoteCount),
        ("bookmark_count", PostField.BookmarkCount), ("impression_count", PostField.ImpressionCount));

    private TweetMetrics _metrics;

    internal void Clear() => _metrics = default;

    internal TweetMetrics? Build() => _metrics == default ? null : _metrics;

    internal void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (!values.IsObject(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            PostField field = s_names.Find(ref reader);
            reader.Read();
            ReadField(ref reader, field);
        }
    }

    /// <summary>Reads the value of one counter.</summary>
    internal void ReadField(ref Utf8JsonReader reader, PostField field)
    {
        switch (field)
        {
            case PostField.RetweetCount: _metrics = _metrics with { RetweetCount = values.Count(ref reader) }; break;
            case PostField.ReplyCount: _metrics = _metrics with { ReplyCount = values.Count(ref reader) }; break;
            case PostField.LikeCount: _metrics = _metrics with { LikeCount = values.Count(ref reader) }; break;
            case PostField.QuoteCount: _metrics = _metrics with { QuoteCount = values.Count(ref reader) }; break;
            case PostField.BookmarkCount: _metrics = _metrics with { BookmarkCount = values.Count(ref reader) }; break;
            case PostField.ImpressionCount:
                _metrics = _metrics with { ImpressionCount = values.Integer(ref reader) };
                break;
            default: reader.Skip(); break;
        }
    }
}

using System.Diagnostics;
using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Collects the fields of one post in any order and spelling, v1.1 or v2; used again for every post.</summary>
/// <remarks>The two versions name their fields so differently that one reader serves both: no field has one meaning in
/// v1.1 and another in v2, except <c>geo</c>, whose two shapes cannot be confused.</remarks>
internal sealed class PostReader
{
    private static readonly NameMap<PostField> s_names = new(
        ("id", PostField.Id), ("id_str", PostField.IdText), ("text", PostField.Text),
        ("full_text", PostField.FullText), ("created_at", PostField.CreatedAt),
        ("timestamp_ms", PostField.TimestampMs), ("lang", PostField.Language), ("author_id", PostField.AuthorId),
        ("user", PostField.User), ("author", PostField.User), ("entities", PostField.Entities),
        ("extended_tweet", PostField.LongForm), ("note_tweet", PostField.LongForm), ("note_post", PostField.LongForm),
        ("referenced_tweets", PostField.References), ("referenced_posts", PostField.References),
        ("retweeted_status", PostField.Retweeted), ("quoted_status", PostField.Quoted),
        ("quoted_status_id", PostField.QuotedId), ("quoted_status_id_str", PostField.QuotedIdText),
        ("in_reply_to_status_id", PostField.ReplyId), ("in_reply_to_status_id_str", PostField.ReplyIdText),
        ("edit_history_tweet_ids", PostField.EditHistory), ("edit_history_post_ids", PostField.EditHistory),
        ("public_metrics", PostField.Metrics), ("retweet_count", PostField.RetweetCount),
        ("reply_count", PostField.ReplyCount), ("favorite_count", PostField.LikeCount),
        ("quote_count", PostField.QuoteCount), ("geo", PostField.Geo), ("coordinates", PostField.Coordinates),
        ("place", PostField.Place), ("matching_rules", PostField.MatchingRules));

    private readonly ValueReader _values;
    private readonly EntityLists _entities;
    private readonly EntityLists _longEntities;
    private readonly GeoReader _geo;
    private readonly MetricsReader _metrics;
    private readonly ReferenceReader _references;
    private readonly UserReader _user;
    private readonly List<long> _editHistory = [];
    private readonly List<MatchingRule> _rules = [];
    private IdPair _id;
    private string? _text;
    private string? _fullText;
    private string? _longText;
    private string? _language;
    private bool _hasId;
    private bool _hasIdText;
    private bool _hasText;
    private bool _hasFullText;
    private DateTimeOffset? _createdAt;
    private DateTimeOffset? _timestamp;
    private long? _authorId;

    internal PostReader(ValueReader values)
    {
        _values = values;
        _entities = new EntityLists(values);
        _longEntities = new EntityLists(values);
        _geo = new GeoReader(values);
        _metrics = new MetricsReader(values);
        _references = new ReferenceReader(values);
        _user = new UserReader(values);
    }

    /// <summary>Whether what was read holds an id and a text, good or bad: that is what makes it a post.</summary>
    internal bool IsPost => (_hasId || _hasIdText) && (_hasText || _hasFullText);

    /// <summary>The rules read so far; v2 has them beside the post.</summary>
    internal MatchingRule[] Rules => _rules.Count == 0 ? [] : [.. _rules];

    internal void Clear()
    {
        _entities.Clear();
        _longEntities.Clear();
        _geo.Clear();
        _metrics.Clear();
        _references.Clear();
        _user.Clear();
        _editHistory.Clear();
        _rules.Clear();
        _id = default;
        _text = _fullText = _longText = _language = null;
        _hasId = _hasIdText = _hasText = _hasFullText = false;
        _createdAt = _timestamp = null;
        _authorId = null;
    }

    /// <summary>Reads a whole object.</summary>
    internal void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (!_values.IsObject(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader);
        }
    }

    /// <summary>Reads one property with its value; a field that is not needed is passed over.</summary>
    internal void ReadField(ref Utf8JsonReader reader)
    {
        PostField field = s_names.Find(ref reader);
        reader.Read();
        switch (field)
        {
            case PostField.None: reader.Skip(); break;
            case PostField.Id: _hasId = IsGiven(ref reader); _id.Plain = _values.Id(ref reader); break;
            case PostField.IdText: _hasIdText = IsGiven(ref reader); _id.Text = _values.Id(ref reader); break;
            case PostField.Text: _hasText = IsGiven(ref reader); _text = _values.Text(ref reader); break;
            case PostField.FullText: _hasFullText = IsGiven(ref reader); _fullText = _values.Text(ref reader); break;
            case PostField.CreatedAt: _createdAt = _values.Time(ref reader); break;
            case PostField.TimestampMs: _timestamp = _values.Time(ref reader); break;
            case PostField.Language: _language = _values.Code(ref reader); break;
            case PostField.AuthorId: _authorId = _values.Id(ref reader); break;
            case PostField.User: _user.Read(ref reader); break;
            case PostField.Entities: _entities.Read(ref reader); break;
            case PostField.LongForm: ReadLongForm(ref reader); break;
            case PostField.EditHistory: ReadEditHistory(ref reader); break;
            case PostField.MatchingRules: ReadRules(ref reader); break;
            case PostField.Geo: _geo.ReadGeo(ref reader); break;
            case PostField.Coordinates: _geo.ReadCoordinates(ref reader); break;
            case PostField.Place: _geo.ReadPlace(ref reader); break;
            case PostField.Metrics: _metrics.Read(ref reader); break;
            case PostField.RetweetCount or PostField.ReplyCount or PostField.LikeCount or PostField.QuoteCount:
                _metrics.ReadField(ref reader, field);
                break;
            default: _references.ReadField(ref reader, field); break;
        }
    }

    /// <summary>Makes the tweet of what was read.</summary>
    /// <exception cref="TweetFormatException">A known field held a wrong kind of value.</exception>
    internal Tweet Build(MatchingRule[] rules, Includes? includes)
    {
        _values.ThrowIfFault();

        // What was given and left no fault has been read.
        Debug.Assert(IsPost, "only a post is built");
        Debug.Assert(_id.Value is not null, "a given id is read or leaves a fault");
        Debug.Assert((_fullText ?? _text) is not null, "a given text is read or leaves a fault");
        long id = _id.Value.GetValueOrDefault();
        long authorId = _authorId ?? _user.Id ?? 0;
        IReadOnlyList<string> hashtags = _entities.Hashtags;
        EntityLists full = _longEntities.IsPresent ? _longEntities : _entities;
        return new Tweet
        {
            Id = id,
            CreatedAt = _timestamp ?? _createdAt ?? EventTime.OfId(id),
            Text = _longText ?? _fullText ?? _text ?? string.Empty,
            Language = _language,
            AuthorId = authorId,
            AuthorUserName = _user.Name ?? includes?.FindUserName(authorId),
            Hashtags = hashtags,
            ExtendedHashtags = _longEntities.IsPresent ? _longEntities.Hashtags : hashtags,
            Mentions = full.Mentions,
            Urls = full.Urls,
            References = _references.Build(),
            Metrics = _metrics.Build(),
            Geo = _geo.Build(includes),
            MatchingRules = rules,
            EditHistoryIds = _editHistory.Count == 0 ? [] : _editHistory.ToArray(),
        };
    }

    private static bool IsGiven(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.Null;

    private void ReadLongForm(ref Utf8JsonReader reader)
    {
        _longText = null;
        _longEntities.Clear();
        if (!_values.IsObject(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            PostField field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case PostField.Text or PostField.FullText: _longText = _values.Text(ref reader); break;
                case PostField.Entities: _longEntities.Read(ref reader); break;
                default: reader.Skip(); break;
            }
        }
    }

    private void ReadEditHistory(ref Utf8JsonReader reader)
    {
        _editHistory.Clear();
        if (!_values.IsArray(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_values.Id(ref reader) is { } id)
            {
                _editHistory.Add(id);
            }
        }
    }

    private void ReadRules(ref Utf8JsonReader reader)
    {
        _rules.Clear();
        if (!_values.IsArray(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (RuleReader.Read(ref reader, _values) is { } rule)
            {
                _rules.Add(rule);
            }
        }
    }
}

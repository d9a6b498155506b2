using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Reads the value of a v1.1 notice.</summary>
internal sealed class NoticeReader(ValueReader values)
{
    /// <summary>The names of notices. A <c>delete</c> is of a favourite or of a post: its fields tell.</summary>
    internal static readonly NameMap<NoticeKind> Names = new(
        ("delete", NoticeKind.FavoriteDeleted), ("limit", NoticeKind.Limit), ("scrub_geo", NoticeKind.ScrubGeo),
        ("status_withheld", NoticeKind.StatusWithheld), ("user_withheld", NoticeKind.UserWithheld),
        ("disconnect", NoticeKind.Disconnect), ("warning", NoticeKind.Warning), ("drop", NoticeKind.StatusDropped),
        ("undrop", NoticeKind.StatusUndropped), ("user_delete", NoticeKind.UserDeleted),
        ("user_undelete", NoticeKind.UserUndeleted), ("user_protect", NoticeKind.UserProtected),
        ("user_unprotect", NoticeKind.UserUnprotected), ("user_suspend", NoticeKind.UserSuspended),
        ("user_unsuspend", NoticeKind.UserUnsuspended));

    private static readonly NameMap<Field> s_fields = new(
        ("id", Field.Id), ("id_str", Field.IdText), ("tweet_id", Field.TweetId), ("tweet_id_str", Field.TweetIdText),
        ("up_to_status_id", Field.TweetId), ("up_to_status_id_str", Field.TweetIdText), ("user_id", Field.UserId),
        ("user_id_str", Field.UserIdText), ("status", Field.Status), ("favorite", Field.Favorite),
        ("user", Field.User), ("timestamp_ms", Field.Time), ("timestampMs", Field.Time), ("track", Field.Track),
        ("code", Field.Code), ("reason", Field.Reason), ("message", Field.Reason),
        ("percent_full", Field.PercentFull), ("withheld_in_countries", Field.Countries));

    private readonly List<string> _countries = [];
    private IdPair _id;
    private IdPair _tweetId;
    private IdPair _userId;
    private DateTimeOffset? _at;
    private long? _track;
    private string? _code;
    private string? _reason;
    private double? _percentFull;
    private bool _isFavorite;

    private enum Field
    {
        None, Id, IdText, TweetId, TweetIdText, UserId, UserIdText, Status, Favorite, User, Time, Track, Code, Reason,
        PercentFull, Countries,
    }

    /// <summary>Reads the object that starts here.</summary>
    internal StreamMessage Read(ref Utf8JsonReader reader, NoticeKind kind)
    {
        Clear();
        long start = reader.TokenStartIndex;
        ReadFields(ref reader);
        values.ThrowIfFault();
        return kind == NoticeKind.FavoriteDeleted && !_isFavorite ? BuildDelete(start) : BuildNotice(kind);
    }

    private void Clear()
    {
        _countries.Clear();
        _id = _tweetId = _userId = default;
        _at = null;
        _track = null;
        _code = _reason = null;
        _percentFull = null;
        _isFavorite = false;
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_fields.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Id: _id.Plain = values.Id(ref reader); break;
                case Field.IdText: _id.Text = values.Id(ref reader); break;
                case Field.TweetId: _tweetId.Plain = values.Id(ref reader); break;
                case Field.TweetIdText: _tweetId.Text = values.Id(ref reader); break;
                case Field.UserId: _userId.Plain = values.Id(ref reader); break;
                case Field.UserIdText: _userId.Text = values.Id(ref reader); break;
                case Field.Status or Field.User or Field.Favorite: ReadInner(ref reader, field); break;
                case Field.Time: _at = values.Time(ref reader); break;
                case Field.Track: _track = values.Integer(ref reader); break;
                case Field.Code: _code = ReadCode(ref reader); break;
                case Field.Reason: _reason = values.Text(ref reader); break;
                case Field.PercentFull: _percentFull = values.Number(ref reader); break;
                case Field.Countries: ReadCountries(ref reader); break;
                default: reader.Skip(); break;
            }
        }
    }

    private void ReadInner(ref Utf8JsonReader reader, Field field)
    {
        if (values.IsObject(ref reader))
        {
            _isFavorite |= field == Field.Favorite;
            ReadFields(ref reader);
        }
    }

    private string? ReadCode(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? values.Integer(ref reader)?.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : values.Text(ref reader);

    private void ReadCountries(ref Utf8JsonReader reader)
    {
        _countries.Clear();
        if (!values.IsArray(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (values.Code(ref reader) is { } country)
            {
                _countries.Add(country);
            }
        }
    }

    private DeleteMessage BuildDelete(long start) => _id.Value is { } id
        ? new DeleteMessage(id, _userId.Value, _at)
        : throw new TweetFormatException("the delete notice names no post", start);

    private NoticeMessage BuildNotice(NoticeKind kind)
    {
        bool isOfUser = kind is NoticeKind.UserWithheld or >= NoticeKind.UserDeleted;
        return new NoticeMessage(kind)
        {
            TweetId = _tweetId.Value ?? (isOfUser ? null : _id.Value),
            UserId = _userId.Value ?? (isOfUser ? _id.Value : null),
            At = _at,
            WithheldInCountries = _countries.Count == 0 ? [] : _countries.ToArray(),
            Undelivered = _track,
            Code = _code,
            Reason = _reason,
            PercentFull = _percentFull,
        };
    }
}

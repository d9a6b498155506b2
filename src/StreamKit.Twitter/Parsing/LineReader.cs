using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Finds out what one line is. Its parts are used again for every line.</summary>
internal sealed class LineReader
{
    private static readonly NameMap<Field> s_names = new(
        ("data", Field.Data), ("includes", Field.Includes), ("errors", Field.Errors));

    private readonly ValueReader _values = new();
    private readonly PostReader _post;
    private readonly Includes _includes;
    private readonly NoticeReader _notice;
    private readonly ProblemReader _problem;
    private readonly ProblemReader _listedProblem;
    private readonly List<StreamProblem> _problems = [];

    internal LineReader()
    {
        _post = new PostReader(_values);
        _includes = new Includes(_values);
        _notice = new NoticeReader(_values);
        _problem = new ProblemReader(_values);
        _listedProblem = new ProblemReader(_values);
    }

    private enum Field
    {
        None, Data, Includes, Errors,
    }

    /// <summary>Reads a line that is not blank.</summary>
    /// <exception cref="JsonException">The line is not one JSON value.</exception>
    /// <exception cref="TweetFormatException">Its text or one of its fields is bad.</exception>
    internal StreamMessage Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        Clear();
        reader.Read();
        StreamMessage message = reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, line),
            JsonTokenType.StartArray => ReadList(ref reader),
            _ => throw new TweetFormatException("a line holds an object or an array of posts", reader.TokenStartIndex),
        };

        // Finds whatever stands behind the value and throws.
        reader.Read();
        return message;
    }

    private void Clear()
    {
        _values.Fault = null;
        _post.Clear();
        _includes.Clear();
        _problem.Clear();
        _problems.Clear();
    }

    private StreamMessage ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        // Fields come in any order, so the value of data waits until the includes have been read, and that of a notice
        // until the line has turned out to be one: a copy of the reader remembers the place.
        Utf8JsonReader data = default;
        Utf8JsonReader notice = default;
        NoticeKind kind = default;
        bool hasData = false;
        int notices = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            if (field == Field.Data)
            {
                hasData = Remember(ref reader, ref data);
            }
            else if (field != Field.None)
            {
                ReadBeside(ref reader, field);
            }
            else if (NoticeReader.Names.TryFind(ref reader, out NoticeKind found))
            {
                // Two notices in one line are no known kind of message; the same one twice is a repeated key.
                Utf8JsonReader place = default;
                if (Remember(ref reader, ref place) && place.TokenType == JsonTokenType.StartObject)
                {
                    notices += notices == 0 || found != kind ? 1 : 0;
                    notice = place;
                    kind = found;
                }
            }
            else if (!_problem.TryReadField(ref reader))
            {
                _post.ReadField(ref reader);
            }
        }

        if (_post.IsPost)
        {
            return new TweetMessage([_post.Build(_post.Rules, _includes)], [.. _problems], notPosts: 0);
        }

        StreamMessage? message = hasData ? ReadData(ref data) : null;
        message ??= notices == 1 ? _notice.Read(ref notice, kind) : BuildProblem();
        message ??= _problem.IsHeartbeat ? KeepAliveMessage.Instance : null;
        return message ?? new UnknownMessage(KeysOf(line));
    }

    private static bool Remember(ref Utf8JsonReader reader, ref Utf8JsonReader place)
    {
        reader.Read();
        place = reader;
        reader.Skip();
        return place.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
    }

    private void ReadBeside(ref Utf8JsonReader reader, Field field)
    {
        reader.Read();
        if (field == Field.Includes)
        {
            _includes.Read(ref reader);
        }
        else
        {
            _listedProblem.ReadList(ref reader, _problems);
        }
    }

    /// <summary>Reads one post or a page of posts; null when there is no post among them.</summary>
    private TweetMessage? ReadData(ref Utf8JsonReader reader)
    {
        MatchingRule[] rules = _post.Rules;
        TweetFormatException? faultBeside = _values.Fault;
        TweetMessage? message = reader.TokenType == JsonTokenType.StartArray
            ? ReadPage(ref reader, rules)
            : ReadSingle(ref reader, rules);
        if (message is null)
        {
            _values.Fault = faultBeside;
        }

        return message;
    }

    private TweetMessage? ReadSingle(ref Utf8JsonReader reader, MatchingRule[] rules)
    {
        _post.Read(ref reader);
        return _post.IsPost ? new TweetMessage([_post.Build(rules, _includes)], [.. _problems], notPosts: 0) : null;
    }

    private TweetMessage? ReadPage(ref Utf8JsonReader reader, MatchingRule[] rules)
    {
        List<Tweet> tweets = [];
        TweetFormatException? faultBefore = _values.Fault;
        int notPosts = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _post.Read(ref reader);
            if (_post.IsPost)
            {
                tweets.Add(_post.Build(rules.Length == 0 ? _post.Rules : rules, _includes));
            }
            else
            {
                notPosts++;
                _values.Fault = faultBefore;
            }
        }

        return tweets.Count == 0 ? null : new TweetMessage([.. tweets], [.. _problems], notPosts);
    }

    private StreamMessage ReadList(ref Utf8JsonReader reader) =>
        (StreamMessage?)ReadPage(ref reader, []) ?? new UnknownMessage([]);

    private ProblemMessage? BuildProblem()
    {
        if (_problem.IsProblem)
        {
            _problems.Insert(0, _problem.Build());
        }

        if (_problems.Count == 0)
        {
            return null;
        }

        _values.ThrowIfFault();
        return new ProblemMessage([.. _problems]);
    }

    private static string[] KeysOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        List<string> keys = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            keys.Add(ValueReader.Decode(ref reader));
            reader.Skip();
        }

        return [.. keys];
    }
}

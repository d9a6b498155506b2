using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Collects one <c>entities</c> object of v1.1 or v2; used again for every post.</summary>
internal sealed class EntityLists(ValueReader values)
{
    private static readonly NameMap<Field> s_names = new(
        ("hashtags", Field.Hashtags), ("user_mentions", Field.Mentions), ("mentions", Field.Mentions),
        ("urls", Field.Urls), ("text", Field.Tag), ("tag", Field.Tag), ("screen_name", Field.UserName),
        ("username", Field.UserName), ("id", Field.Id), ("id_str", Field.IdText), ("url", Field.Url),
        ("expanded_url", Field.ExpandedUrl));

    private readonly List<string> _hashtags = [];
    private readonly List<TweetMention> _mentions = [];
    private readonly List<string> _urls = [];

    private enum Field
    {
        None, Hashtags, Mentions, Urls, Tag, UserName, Id, IdText, Url, ExpandedUrl,
    }

    /// <summary>Whether an object was delivered, be it empty.</summary>
    internal bool IsPresent { get; private set; }

    internal IReadOnlyList<string> Hashtags => _hashtags.Count == 0 ? [] : _hashtags.ToArray();

    internal IReadOnlyList<TweetMention> Mentions => _mentions.Count == 0 ? [] : _mentions.ToArray();

    internal IReadOnlyList<string> Urls => _urls.Count == 0 ? [] : _urls.ToArray();

    internal void Clear()
    {
        IsPresent = false;
        _hashtags.Clear();
        _mentions.Clear();
        _urls.Clear();
    }

    internal void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (!values.IsObject(ref reader))
        {
            return;
        }

        IsPresent = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field list = s_names.Find(ref reader);
            reader.Read();
            if (list is not (Field.Hashtags or Field.Mentions or Field.Urls))
            {
                reader.Skip();
                continue;
            }

            ClearList(list);
            if (values.IsArray(ref reader))
            {
                ReadItems(ref reader, list);
            }
        }
    }

    // A repeated key replaces what the first one said, as in every JSON library.
    private void ClearList(Field list)
    {
        switch (list)
        {
            case Field.Hashtags: _hashtags.Clear(); break;
            case Field.Mentions: _mentions.Clear(); break;
            default: _urls.Clear(); break;
        }
    }

    private void ReadItems(ref Utf8JsonReader reader, Field list)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!values.IsObject(ref reader))
            {
                continue;
            }

            switch (list)
            {
                case Field.Hashtags: ReadHashtag(ref reader); break;
                case Field.Mentions: ReadMention(ref reader); break;
                default: ReadUrl(ref reader); break;
            }
        }
    }

    private void ReadHashtag(ref Utf8JsonReader reader)
    {
        string? tag = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            if (field == Field.Tag)
            {
                tag = values.Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (tag is null)
        {
            values.Note(ref reader, "the hashtag has no text");
        }
        else
        {
            _hashtags.Add(tag);
        }
    }

    private void ReadMention(ref Utf8JsonReader reader)
    {
        string? name = null;
        long? id = null;
        long? idText = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.UserName: name = values.Text(ref reader); break;
                case Field.Id: id = values.Integer(ref reader); break;
                case Field.IdText: idText = values.Integer(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        // Accounts that are gone come with a null name and the id -1.
        id = idText ?? id;
        _mentions.Add(new TweetMention(name ?? string.Empty, id > 0 ? id : null));
    }

    private void ReadUrl(ref Utf8JsonReader reader)
    {
        string? plain = null;
        string? expanded = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Url: plain = values.Text(ref reader); break;
                case Field.ExpandedUrl: expanded = values.Text(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        string? url = expanded ?? plain;
        if (url is null)
        {
            values.Note(ref reader, "the link has no address");
        }
        else
        {
            _urls.Add(url);
        }
    }
}

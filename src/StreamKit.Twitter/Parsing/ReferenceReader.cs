using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Collects the posts that a post refers to: a list in v2, several fields in v1.1.</summary>
internal sealed class ReferenceReader(ValueReader values)
{
    private static readonly NameMap<Field> s_names = new(
        ("id", Field.Id), ("id_str", Field.IdText), ("type", Field.Type));

    private static readonly NameMap<TweetReferenceKind> s_kinds = new(
        ("retweeted", TweetReferenceKind.Retweeted), ("quoted", TweetReferenceKind.Quoted),
        ("replied_to", TweetReferenceKind.RepliedTo));

    private readonly List<TweetReference> _listed = [];
    private readonly List<TweetReference> _built = [];
    private long? _retweeted;
    private long? _quotedInside;
    private IdPair _quoted;
    private IdPair _repliedTo;

    private enum Field
    {
        None, Id, IdText, Type,
    }

    internal void Clear()
    {
        _listed.Clear();
        _retweeted = _quotedInside = null;
        _quoted = _repliedTo = default;
    }

    /// <summary>Reads the value of one field; one that is no reference is passed over.</summary>
    internal void ReadField(ref Utf8JsonReader reader, PostField field)
    {
        switch (field)
        {
            case PostField.References: ReadList(ref reader); break;
            case PostField.Retweeted: _retweeted = ReadObject(ref reader, out _); break;
            case PostField.Quoted: _quotedInside = ReadObject(ref reader, out _); break;
            case PostField.QuotedId: _quoted.Plain = values.Id(ref reader); break;
            case PostField.QuotedIdText: _quoted.Text = values.Id(ref reader); break;
            case PostField.ReplyId: _repliedTo.Plain = values.Id(ref reader); break;
            case PostField.ReplyIdText: _repliedTo.Text = values.Id(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    internal IReadOnlyList<TweetReference> Build()
    {
        _built.Clear();
        _built.AddRange(_listed);
        Add(TweetReferenceKind.Retweeted, _retweeted);
        Add(TweetReferenceKind.Quoted, _quoted.Value ?? _quotedInside);
        Add(TweetReferenceKind.RepliedTo, _repliedTo.Value);
        return _built.Count == 0 ? [] : _built.ToArray();
    }

    private void Add(TweetReferenceKind kind, long? id)
    {
        if (id is not null)
        {
            _built.Add(new TweetReference(kind, id.Value));
        }
    }

    private void ReadList(ref Utf8JsonReader reader)
    {
        _listed.Clear();
        if (!values.IsArray(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            long? id = ReadObject(ref reader, out TweetReferenceKind kind);
            if (id is not null)
            {
                _listed.Add(new TweetReference(kind, id.Value));
            }
        }
    }

    // The rest of the other post (in v1.1 it is there as a whole) is passed over.
    private long? ReadObject(ref Utf8JsonReader reader, out TweetReferenceKind kind)
    {
        kind = TweetReferenceKind.Other;
        if (!values.IsObject(ref reader))
        {
            return null;
        }

        IdPair id = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Id: id.Plain = values.Id(ref reader); break;
                case Field.IdText: id.Text = values.Id(ref reader); break;
                case Field.Type when reader.TokenType == JsonTokenType.String: kind = s_kinds.Find(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        if (id.Value is null)
        {
            values.Note(ref reader, "the referenced post has no id");
        }

        return id.Value;
    }
}

using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Reads the author inside a post: <c>user</c> in v1.1, <c>author</c> in flattened v2 files.</summary>
internal sealed class UserReader(ValueReader values)
{
    private static readonly NameMap<Field> s_names = new(
        ("id", Field.Id), ("id_str", Field.IdText), ("screen_name", Field.Name), ("username", Field.Name));

    private IdPair _id;

    private enum Field
    {
        None, Id, IdText, Name,
    }

    internal long? Id => _id.Value;

    internal string? Name { get; private set; }

    internal void Clear()
    {
        _id = default;
        Name = null;
    }

    internal void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (!values.IsObject(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Id: _id.Plain = values.Id(ref reader); break;
                case Field.IdText: _id.Text = values.Id(ref reader); break;
                case Field.Name: Name = values.Text(ref reader); break;
                default: reader.Skip(); break;
            }
        }
    }
}

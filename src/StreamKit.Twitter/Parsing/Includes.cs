using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>The users and places that v2 delivers beside the posts; the other sections are not needed.</summary>
internal sealed class Includes
{
    private static readonly NameMap<Field> s_names = new(
        ("users", Field.Users), ("places", Field.Places), ("id", Field.Id), ("username", Field.UserName),
        ("screen_name", Field.UserName));

    private readonly Dictionary<long, string> _userNames = [];
    private readonly Dictionary<string, PlaceInfo> _places = [];
    private readonly ValueReader _values;
    private readonly GeoReader _geo;

    internal Includes(ValueReader values)
    {
        _values = values;
        _geo = new GeoReader(values);
    }

    private enum Field
    {
        None, Users, Places, Id, UserName,
    }

    internal int UserCount => _userNames.Count;

    internal int PlaceCount => _places.Count;

    internal void Clear()
    {
        _userNames.Clear();
        _places.Clear();
    }

    internal string? FindUserName(long id) => _userNames.GetValueOrDefault(id);

    internal PlaceInfo? FindPlace(string id) => _places.TryGetValue(id, out PlaceInfo place) ? place : null;

    internal void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (!_values.IsObject(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            if (field is not (Field.Users or Field.Places))
            {
                reader.Skip();
            }
            else if (_values.IsArray(ref reader))
            {
                ReadItems(ref reader, field);
            }
        }
    }

    private void ReadItems(ref Utf8JsonReader reader, Field section)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (section == Field.Users)
            {
                ReadUser(ref reader);
            }
            else if (_geo.ReadPlaceObject(ref reader) is { Id: not null } place)
            {
                _places[place.Id] = place;
            }
        }
    }

    private void ReadUser(ref Utf8JsonReader reader)
    {
        if (!_values.IsObject(ref reader))
        {
            return;
        }

        long? id = null;
        string? name = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Id: id = _values.Id(ref reader); break;
                case Field.UserName: name = _values.Text(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        if (id is not null && name is not null)
        {
            _userNames[id.Value] = name;
        }
    }
}

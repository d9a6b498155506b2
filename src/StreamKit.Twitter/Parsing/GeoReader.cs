using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Collects where a post was written from <c>geo</c>, <c>coordinates</c> and <c>place</c>.</summary>
internal sealed class GeoReader(ValueReader values)
{
    private static readonly NameMap<Field> s_names = new(
        ("coordinates", Field.Coordinates), ("place_id", Field.PlaceId), ("id", Field.Id),
        ("full_name", Field.FullName), ("country_code", Field.CountryCode));

    private PlaceInfo _place;
    private PlaceInfo _geoPlace;
    private Point? _point;
    private Point? _geoPoint;

    private enum Field
    {
        None, Coordinates, PlaceId, Id, FullName, CountryCode,
    }

    internal void Clear()
    {
        _place = _geoPlace = default;
        _point = _geoPoint = null;
    }

    /// <summary>
    /// Reads <c>geo</c>: in v2 a GeoJSON point and a place id, in v1.1 a point with the latitude first.
    /// </summary>
    internal void ReadGeo(ref Utf8JsonReader reader)
    {
        _geoPlace = default;
        _geoPoint = null;
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
                case Field.Coordinates when reader.TokenType == JsonTokenType.StartArray:
                    _geoPoint = ReadPair(ref reader)?.Turned();
                    break;
                case Field.Coordinates: _geoPoint = ReadGeoJson(ref reader); break;
                case Field.PlaceId: _geoPlace.Id = values.Text(ref reader); break;
                case Field.FullName: _geoPlace.Name = values.Text(ref reader); break;
                case Field.CountryCode: _geoPlace.CountryCode = values.Code(ref reader); break;
                default: reader.Skip(); break;
            }
        }
    }

    /// <summary>Reads the v1.1 <c>coordinates</c>, a GeoJSON point: the longitude comes first.</summary>
    internal void ReadCoordinates(ref Utf8JsonReader reader) => _point = ReadGeoJson(ref reader);

    /// <summary>Reads the v1.1 <c>place</c>.</summary>
    internal void ReadPlace(ref Utf8JsonReader reader) => _place = ReadPlaceObject(ref reader);

    /// <summary>Reads a place object, of a v1.1 tweet or of the v2 includes.</summary>
    internal PlaceInfo ReadPlaceObject(ref Utf8JsonReader reader)
    {
        PlaceInfo place = default;
        if (!values.IsObject(ref reader))
        {
            return place;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Id: place.Id = values.Text(ref reader); break;
                case Field.FullName: place.Name = values.Text(ref reader); break;
                case Field.CountryCode: place.CountryCode = values.Code(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return place;
    }

    /// <summary>What was collected, with the place completed from the includes; null when there was nothing.</summary>
    internal TweetGeo? Build(Includes? includes)
    {
        Point? point = _point ?? _geoPoint;
        PlaceInfo place = _place.Id is null ? _geoPlace : _place;
        if (place.Name is null && place.Id is not null && includes is not null)
        {
            place = includes.FindPlace(place.Id) ?? place;
        }

        if (point is null && place is { Id: null, Name: null, CountryCode: null })
        {
            return null;
        }

        return new TweetGeo
        {
            Longitude = point?.Longitude,
            Latitude = point?.Latitude,
            PlaceId = place.Id,
            PlaceName = place.Name,
            CountryCode = place.CountryCode,
        };
    }

    private Point? ReadGeoJson(ref Utf8JsonReader reader)
    {
        Point? point = null;
        if (!values.IsObject(ref reader))
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            if (field == Field.Coordinates)
            {
                point = ReadPair(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return point;
    }

    private Point? ReadPair(ref Utf8JsonReader reader)
    {
        if (!values.IsArray(ref reader))
        {
            return null;
        }

        double? first = null;
        double? second = null;
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            double? number = values.Number(ref reader);
            (first, second) = count++ == 0 ? (number, second) : (first, number);
        }

        if (count != 2 || first is null || second is null)
        {
            values.Note(ref reader, "a point has two numbers");
            return null;
        }

        return new Point(first.Value, second.Value);
    }

    private readonly record struct Point(double Longitude, double Latitude)
    {
        internal Point Turned() => new(Latitude, Longitude);
    }
}

namespace StreamKit.Twitter;

/// <summary>Where a post says it was written: a point, a place, or both.</summary>
public sealed class TweetGeo
{
    /// <summary>Degrees east, or null when there is no exact point.</summary>
    public double? Longitude { get; init; }

    /// <summary>Degrees north, or null when there is no exact point.</summary>
    public double? Latitude { get; init; }

    /// <summary>The service's id of the place, or null.</summary>
    public string? PlaceId { get; init; }

    /// <summary>The full name of the place ("Ciruas, Indonesia"), or null when not delivered.</summary>
    public string? PlaceName { get; init; }

    /// <summary>The two-letter country code, or null when not delivered.</summary>
    public string? CountryCode { get; init; }
}

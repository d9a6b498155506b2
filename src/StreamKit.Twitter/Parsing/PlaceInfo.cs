namespace StreamKit.Twitter.Parsing;

/// <summary>What is kept of a place object.</summary>
internal struct PlaceInfo
{
    internal string? Id;
    internal string? Name;
    internal string? CountryCode;
}

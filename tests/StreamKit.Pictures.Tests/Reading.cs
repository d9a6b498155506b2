namespace StreamKit.Pictures.Tests;

/// <summary>A record of the pictures: a key and its event time in units of the axis.</summary>
public sealed record Reading(string Key, int At)
{
    /// <summary>A mark, for windows and triggers that look at the record; the title of the picture tells what it means.
    /// </summary>
    public bool IsMarked { get; init; }
}

namespace StreamKit.Pictures.Tests;

/// <summary>A record of the pictures: a key and its event time in seconds.</summary>
public sealed record Reading(string Key, int At)
{
    /// <summary>A number or a mark, for windows that look at it.</summary>
    public int Value { get; init; } = 1;
}

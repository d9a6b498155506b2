namespace StreamKit.Workloads.Data;

/// <summary>Hashtags of 5 to 15 characters: '#' and small Latin letters.</summary>
internal static class RandomHashtag
{
    private const int ShortestLength = 5;
    private const int Lengths = 11;

    public static string Next(ref Rng rng)
    {
        Span<char> text = stackalloc char[ShortestLength + Lengths - 1];
        int length = ShortestLength + rng.Below(Lengths);
        text[0] = '#';
        for (int i = 1; i < length; i++)
        {
            text[i] = (char)('a' + rng.Below(26));
        }

        return new string(text[..length]);
    }
}

namespace StreamKit.Twitter.Simulator;

/// <summary>Invents posts: sentences of a small vocabulary with hashtags, in four languages.</summary>
/// <remarks>The same seed gives the same words. One thread at a time uses it.</remarks>
/// <param name="seed">Which posts.</param>
public sealed class PostGenerator(int seed)
{
    private const long IdEpochMilliseconds = 1_288_834_974_657;
    private const int IdSequenceBits = 22;
    private const int Authors = 500;

    private static readonly string[] s_things =
        ["coffee", "rain", "the train", "this song", "the match", "my bike", "the new release", "our garden"];

    private static readonly string[] s_verdicts =
        ["was worth the wait", "is late again", "made my day", "could be better", "surprised everyone", "is back"];

    private static readonly string[] s_tags =
        ["streams", "dotnet", "weather", "music", "football", "garden", "news", "travel", "science", "cooking"];

    private static readonly string[] s_languages = ["en", "en", "en", "de", "es", "ja"];

    private readonly Random _random = new(seed);
    private long _lastId;

    /// <summary>Invents the next post.</summary>
    /// <param name="at">When it is written; its id holds the time, as ids of the service do.</param>
    public SimulatedPost Next(DateTimeOffset at)
    {
        long first = (at.ToUnixTimeMilliseconds() - IdEpochMilliseconds) << IdSequenceBits;
        _lastId = Math.Max(_lastId + 1, Math.Max(first, 1));
        string text = $"{Pick(s_things)} {Pick(s_verdicts)}";
        for (int tags = _random.Next(3); tags > 0; tags--)
        {
            // The product makes some tags frequent and some rare.
            text += $" #{s_tags[_random.Next(s_tags.Length) * _random.Next(s_tags.Length) / s_tags.Length]}";
        }

        int author = _random.Next(Authors);
        return new SimulatedPost(_lastId, text, at)
        {
            Language = Pick(s_languages),
            AuthorId = 1000 + author,
            AuthorName = $"user{author}",
        };
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}

using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Programs;

/// <summary>Hashtags of tweets, counted in one loop.</summary>
internal sealed class W6Program : IProgram<TweetRecord>
{
    private long _tags;
    private long _characters;

    public void Add(ReadOnlySpan<TweetRecord> events)
    {
        foreach (ref readonly TweetRecord tweet in events)
        {
            if (tweet.Language >= 8)
            {
                continue;
            }

            int score = tweet.Followers * 2 + 1;
            string[] tags = (score & 7) == 5 ? [] : tweet.Tags;
            foreach (string tag in tags)
            {
                _tags++;
                _characters += tag.Length;
            }
        }
    }

    public Checksum Finish()
    {
        var result = default(Checksum);
        result.Add(0, 0, _tags, _characters);
        return result;
    }
}

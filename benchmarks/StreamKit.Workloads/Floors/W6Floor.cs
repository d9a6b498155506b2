using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Floors;

/// <summary>Where language &lt; 8, Select score = 2 followers + 1, Select tags (none where score mod 8 is 5),
/// SelectMany tags, count of all. One row: 0, 0, number of tags, sum of their lengths.</summary>
internal static class W6Floor
{
    public static Checksum Run(TweetRecord[] tweets, int count)
    {
        var state = new State();
        for (int i = 0; i < count; i += Chunk.Events)
        {
            RunChunk(state, tweets.AsSpan(i, Math.Min(Chunk.Events, count - i)));
        }

        var result = default(Checksum);
        result.Add(0, 0, state.Tags, state.Characters);
        return result;
    }

    private static void RunChunk(State state, ReadOnlySpan<TweetRecord> tweets)
    {
        long count = 0;
        long characters = 0;
        for (int i = 0; i < tweets.Length; i++)
        {
            ref readonly TweetRecord tweet = ref tweets[i];
            if (tweet.Language >= 8)
            {
                continue;
            }

            int score = tweet.Followers * 2 + 1;
            string[] tags = (score & 7) == 5 ? [] : tweet.Tags;
            foreach (string tag in tags)
            {
                count++;
                characters += tag.Length;
            }
        }

        state.Tags += count;
        state.Characters += characters;
    }

    private sealed class State
    {
        public long Tags;
        public long Characters;
    }
}

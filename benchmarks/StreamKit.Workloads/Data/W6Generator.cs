namespace StreamKit.Workloads.Data;

/// <summary>Tweets of ten languages with 0 to 4 of 5,000 hashtags, in order, 100,000 per event second.</summary>
internal static class W6Generator
{
    public static TweetRecord[] Generate(int count)
    {
        var rng = new Rng(6);
        var tags = new string[5000];
        for (int i = 0; i < tags.Length; i++)
        {
            tags[i] = RandomHashtag.Next(ref rng);
        }

        string[][] tagSets = CreateTagSets(tags, ref rng);
        var tweets = new TweetRecord[count];
        for (int i = 0; i < count; i++)
        {
            tweets[i] = new TweetRecord
            {
                TimestampMs = EventTime.OriginMs + i / 100,
                Language = rng.Below(10),
                Followers = rng.Below(100_000),
                Tags = tagSets[rng.Below(tagSets.Length)],
            };
        }

        return tweets;
    }

    // Tweets share their tag arrays, so that the workload measures operators and not the memory of its own data.
    private static string[][] CreateTagSets(string[] tags, ref Rng rng)
    {
        var sets = new string[10_000][];
        for (int i = 0; i < sets.Length; i++)
        {
            var set = new string[rng.Below(5)];
            for (int j = 0; j < set.Length; j++)
            {
                set[j] = tags[rng.Below(tags.Length)];
            }

            sets[i] = set;
        }

        return sets;
    }
}

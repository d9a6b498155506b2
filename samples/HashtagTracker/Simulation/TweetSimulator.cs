namespace HashtagTracker.Simulation;

/// <summary>Invents a stream of tweets: trends, bursts, quiet periods, disorder, late tweets and duplicates.</summary>
/// <remarks>A pure function of its options:
/// no clock, no shared randomness, and every enumeration begins anew.</remarks>
internal sealed class TweetSimulator
{
    private readonly SimulatorOptions _options;

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> when an option makes no sense.</summary>
    public TweetSimulator(SimulatorOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <summary>The tweets in the order of their arrival; endless when the options have no count.</summary>
    public IEnumerable<SimulatedTweet> Generate()
    {
        var composer = new TweetComposer(_options);
        var underway = new PriorityQueue<SimulatedTweet, long>();
        for (long written = 0; _options.Count is not { } count || written < count; written++)
        {
            SimulatedTweet tweet = composer.Next();

            // Nothing arrives before it is written, so what is due by now cannot be overtaken any more.
            while (underway.TryPeek(out SimulatedTweet? first, out long due) && due <= tweet.CreatedAt.UtcTicks)
            {
                underway.Dequeue();
                yield return first;
            }

            underway.Enqueue(tweet, tweet.ArrivedAt.UtcTicks);
            if (composer.Redelivery(tweet) is { } again)
            {
                underway.Enqueue(again, again.ArrivedAt.UtcTicks);
            }
        }

        while (underway.TryDequeue(out SimulatedTweet? rest, out _))
        {
            yield return rest;
        }
    }
}

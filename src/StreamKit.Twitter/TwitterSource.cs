using StreamKit.Connectors;
using StreamKit.Twitter.Live;
using StreamKit.Twitter.Replaying;

namespace StreamKit.Twitter;

/// <summary>The ways in which posts of X (Twitter) come into a stream.</summary>
public static class TwitterSource
{
    private static readonly ReplayForm<Tweet> s_tweets = new(
        static message => message is TweetMessage tweets ? tweets.Tweets : [],
        static tweet => tweet.CreatedAt);

    private static readonly ReplayForm<StreamMessage> s_messages = new(static message => [message], TimeOf);

    /// <summary>
    /// The live filtered stream of API v2: the posts that match the rules of the app, which
    /// <see cref="TwitterRules"/> changes.
    /// </summary>
    /// <param name="options">Which API with which token, what is asked for, and how breaks are met.</param>
    /// <remarks>
    /// <para>
    /// The source connects when it is first read and stays connected: a stream that breaks is taken up again at once,
    /// and failing attempts wait as the service documents: after network errors 250 ms more each time up to 16 s, after
    /// HTTP errors 5 s doubling up to 320 s, after 429 a minute doubling and never less than
    /// <c>x-rate-limit-reset</c> says. An answer that no attempt would change (400, 401, 403, 404, 409) fails the job
    /// with a <see cref="TwitterApiException"/>.
    /// </para>
    /// <para>
    /// Each post is delivered once, by its id, though back-fill and further connections bring it again. They come in
    /// no order: give watermarks some 10 seconds. Broken lines, error objects, and errors that come along with a post
    /// go to the job's error policy; a live job wants one that goes on.
    /// </para>
    /// <para>
    /// With <see cref="FilteredStreamOptions.BackfillMinutes"/> the source can be read again within those minutes
    /// (<see cref="Replayability.Bounded"/>); without, not at all, and what is posted during a break is lost
    /// (<see cref="ConnectionEventKind.Gap"/> tells of it).
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">The endpoint is no address of http or https.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// var options = new FilteredStreamOptions { Access = TwitterAccess.FromEnvironment("X_BEARER_TOKEN") };
    /// StreamBuilder.Create("live").From(TwitterSource.FilteredStream(options), "tweets")
    /// </code></example>
    public static ISource<Tweet> FilteredStream(FilteredStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new FilteredStreamSource(options);
    }

    /// <summary>The posts of a recorded file, in the file's order; all other messages are passed over.</summary>
    /// <param name="path">
    /// A file with one message per line, API v2 or v1.1: <c>.jsonl</c> or <c>.json</c>, or packed with gzip, in one
    /// member or several: <c>.gz</c>.
    /// </param>
    /// <param name="speed">How fast; null: <see cref="ReplaySpeed.AsFastAsPossible"/>.</param>
    /// <param name="options">How the file is read; null: the defaults.</param>
    /// <remarks>
    /// <para>
    /// A search page delivers each of its posts. Pacing goes by <see cref="Tweet.CreatedAt"/> and the job's clock: the
    /// first post goes at once, each later one at its distance from the first; one that is due already, also because it
    /// lies out of order, waits for nothing.
    /// </para>
    /// <para>
    /// A line that is broken or too long goes to the job's error policy with its bytes and its place ("line 17, byte
    /// 40213": lines count from 1, bytes of the unpacked content from 0), and reading goes on behind it. A packed file
    /// that breaks off is reported in the same way and ends there. A file that is absent fails the job when it opens,
    /// with a <see cref="FileNotFoundException"/>.
    /// </para>
    /// <para>
    /// The file can be read again from every post on (<see cref="Replayability.Full"/>). It must not change.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// StreamBuilder.Create("replay").From(TwitterSource.Replay("tweets.jsonl.gz", ReplaySpeed.Times(10)), "tweets")
    /// </code></example>
    public static ISource<Tweet> Replay(string path, ReplaySpeed? speed = null, ReplayOptions? options = null) =>
        Replay(path, speed, options, s_tweets);

    /// <summary>
    /// All messages of a recorded file, in the file's order: posts, pages, notices, problems, blank lines.
    /// </summary>
    /// <param name="path">The file; see <see cref="Replay(string, ReplaySpeed?, ReplayOptions?)"/>.</param>
    /// <param name="speed">How fast; null: <see cref="ReplaySpeed.AsFastAsPossible"/>.</param>
    /// <param name="options">How the file is read; null: the defaults.</param>
    /// <remarks>
    /// As <see cref="Replay(string, ReplaySpeed?, ReplayOptions?)"/>, but a page is one message, which goes when its
    /// newest post is due. Messages without posts go as soon as they are reached.
    /// </remarks>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ISource<StreamMessage> ReplayMessages(
        string path,
        ReplaySpeed? speed = null,
        ReplayOptions? options = null) => Replay(path, speed, options, s_messages);

    private static ReplaySource<T> Replay<T>(
        string path,
        ReplaySpeed? speed,
        ReplayOptions? options,
        ReplayForm<T> form)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new ReplayOptions();
        options.Validate();
        return new ReplaySource<T>(new RecordedFile(path, options), speed ?? ReplaySpeed.AsFastAsPossible, form);
    }

    private static DateTimeOffset? TimeOf(StreamMessage message)
    {
        if (message is not TweetMessage { Tweets: var tweets })
        {
            return null;
        }

        DateTimeOffset newest = tweets[0].CreatedAt;
        for (int i = 1; i < tweets.Count; i++)
        {
            newest = tweets[i].CreatedAt > newest ? tweets[i].CreatedAt : newest;
        }

        return newest;
    }
}

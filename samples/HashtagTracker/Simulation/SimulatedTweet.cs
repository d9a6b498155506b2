namespace HashtagTracker.Simulation;

/// <summary>One delivery of an invented tweet.</summary>
/// <param name="Id">A snowflake: milliseconds of <paramref name="CreatedAt"/> and a sequence;
/// a duplicate repeats it.</param>
/// <param name="CreatedAt">Event time, in whole milliseconds as Twitter gives it.</param>
/// <param name="ArrivedAt">When the stream delivers it; never before <paramref name="CreatedAt"/>.</param>
/// <param name="Text">The text, with its hashtags at the end.</param>
/// <param name="Language">A two-letter language code.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Hashtags">The distinct tags without <c>#</c>; shared between tweets, so read only.</param>
public sealed record SimulatedTweet(
    long Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset ArrivedAt,
    string Text,
    string Language,
    long AuthorId,
    string[] Hashtags);

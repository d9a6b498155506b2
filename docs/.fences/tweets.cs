// What a program below the comment "context: tweets" takes for granted.
IAsyncEnumerable<Tweet> tweets = null!;
CancellationToken cancellationToken = CancellationToken.None;

internal sealed record Tweet(DateTimeOffset CreatedAt, IReadOnlyList<string> Hashtags);

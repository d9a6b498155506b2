using System.Globalization;
using System.Text;

namespace StreamKit.Twitter.Tests;

/// <summary>Writes a message in one line, so that tests can compare what was read.</summary>
internal static class Summary
{
    internal static string Of(StreamMessage message) => message switch
    {
        TweetMessage tweets => string.Join(" | ", tweets.Tweets.Select(Of)) + Problems(tweets),
        DeleteMessage delete => Invariant($"delete {delete.TweetId} {delete.UserId}"),
        NoticeMessage notice => Of(notice),
        ProblemMessage problems => Of(problems),
        KeepAliveMessage => "keep-alive",
        UnknownMessage unknown => $"unknown {string.Join(' ', unknown.Keys)}",
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name),
    };

    private static string Of(Tweet tweet)
    {
        var text = new StringBuilder(Invariant($"tweet {tweet.Id}"));
        text.Append(tweet.AuthorUserName is null ? "" : $" @{tweet.AuthorUserName}");
        text.Append(tweet.IsRetweet ? " retweet" : "").Append(tweet.IsQuote ? " quote" : "");
        text.Append(tweet.IsReply ? " reply" : "");
        text.Append(tweet.EditHistoryIds.Count == 0 ? "" : Invariant($" versions:{tweet.EditHistoryIds.Count}"));
        text.AppendJoin("", tweet.ExtendedHashtags.Select(tag => $" #{tag}"));
        foreach (MatchingRule rule in tweet.MatchingRules)
        {
            text.Append(Invariant($" rule:{rule.Id}"));
            text.Append(rule.EmbeddingSimilarity is { } near ? Invariant($" near:{near}") : "");
        }

        return text.ToString();
    }

    private static string Of(NoticeMessage notice)
    {
        var text = new StringBuilder(Invariant($"{notice.Kind} tweet:{notice.TweetId} user:{notice.UserId}"));
        text.Append(notice.WithheldInCountries.Count == 0 ? "" : $" in:{string.Join(',', notice.WithheldInCountries)}");
        text.Append(notice.Undelivered is { } undelivered ? Invariant($" undelivered:{undelivered}") : "");
        text.Append(notice.Code is { } code ? $" code:{code}" : "");
        text.Append(notice.Reason is { } reason ? $" reason:{reason}" : "");
        return text.Append(notice.PercentFull is { } full ? Invariant($" full:{full}") : "").ToString();
    }

    private static string Of(ProblemMessage message)
    {
        IEnumerable<string?> words = message.Problems
            .SelectMany(problem => new[] { problem.TypeName, problem.ConnectionIssue, Invariant($"{problem.Code}") })
            .Where(word => !string.IsNullOrEmpty(word));
        return $"problem {string.Join(' ', words)}{(message.IsDisconnect ? " disconnect" : "")}";
    }

    private static string Problems(TweetMessage message) =>
        (message.Problems.Count == 0 ? "" : Invariant($" problems:{message.Problems.Count}"))
        + (message.NotPosts == 0 ? "" : Invariant($" not-posts:{message.NotPosts}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

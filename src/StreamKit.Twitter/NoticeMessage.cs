namespace StreamKit.Twitter;

/// <summary>A v1.1 notice other than the deletion of a post. What a kind does not carry is null.</summary>
public sealed class NoticeMessage : StreamMessage
{
    internal NoticeMessage(NoticeKind kind) => Kind = kind;

    /// <summary>What the notice is about.</summary>
    public NoticeKind Kind { get; }

    /// <summary>The post concerned; for <see cref="NoticeKind.ScrubGeo"/> the last post concerned.</summary>
    public long? TweetId { get; internal init; }

    /// <summary>The user concerned.</summary>
    public long? UserId { get; internal init; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset? At { get; internal init; }

    /// <summary>Countries in which the post or the user is withheld; empty for other kinds.</summary>
    public IReadOnlyList<string> WithheldInCountries { get; internal init; } = [];

    /// <summary><see cref="NoticeKind.Limit"/>: undelivered posts since the connection was made.</summary>
    public long? Undelivered { get; internal init; }

    /// <summary><see cref="NoticeKind.Disconnect"/>: the number (1 shutdown, 4 stall, ...);
    /// <see cref="NoticeKind.Warning"/>: the word (<c>FALLING_BEHIND</c>).</summary>
    public string? Code { get; internal init; }

    /// <summary>The reason of a disconnect or the message of a warning, in the service's words.</summary>
    public string? Reason { get; internal init; }

    /// <summary>
    /// <see cref="NoticeKind.Warning"/>: how full the service's queue for this reader is, in percent.
    /// </summary>
    public double? PercentFull { get; internal init; }
}

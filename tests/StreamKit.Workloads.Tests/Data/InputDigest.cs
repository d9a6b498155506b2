using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Tests.Data;

/// <summary>A number that changes with any field of any event and with their order.</summary>
internal static class InputDigest
{
    public static ulong Of(ReadOnlySpan<Event> events)
    {
        ulong digest = 0;
        foreach (ref readonly Event e in events)
        {
            digest = Fold(Fold(Fold(digest, (ulong)e.TimestampMs), (uint)e.Key), (uint)e.Value);
        }

        return digest;
    }

    public static ulong Of(ReadOnlySpan<TextEvent> events)
    {
        ulong digest = 0;
        foreach (ref readonly TextEvent e in events)
        {
            digest = Fold(Fold(Fold(digest, (ulong)e.TimestampMs), e.Key), (uint)e.Value);
        }

        return digest;
    }

    public static ulong Of(ReadOnlySpan<TweetRecord> tweets)
    {
        ulong digest = 0;
        foreach (ref readonly TweetRecord tweet in tweets)
        {
            digest = Fold(digest, (ulong)tweet.TimestampMs);
            digest = Fold(Fold(digest, (uint)tweet.Language), (uint)tweet.Followers);
            digest = Fold(digest, (uint)tweet.Tags.Length);
            foreach (string tag in tweet.Tags)
            {
                digest = Fold(digest, tag);
            }
        }

        return digest;
    }

    private static ulong Fold(ulong digest, string text)
    {
        digest = Fold(digest, (uint)text.Length);
        foreach (char c in text)
        {
            digest = Fold(digest, c);
        }

        return digest;
    }

    private static ulong Fold(ulong digest, ulong number)
    {
        digest = (digest ^ number) * 0xD6E8FEB86659FD93UL;
        return digest ^ digest >> 32;
    }
}

using System.Globalization;

namespace HashtagTracker.Tests.Contract;

/// <summary>Lines as the public stream sends them, with no more than is needed.</summary>
internal static class WrittenTweet
{
    /// <summary>A tweet written some seconds after noon of the first of June 2020.</summary>
    public static string Line(int second, params string[] tags) =>
        Line(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(second), tags);

    /// <summary>A tweet written at an instant, of which the stream knows the second.</summary>
    public static string Line(DateTimeOffset written, params string[] tags)
    {
        string at = written.ToString("ddd MMM dd HH:mm:ss +0000 yyyy", CultureInfo.InvariantCulture);
        string hashtags = string.Join(',', tags.Select(tag => $$"""{"text":"{{tag}}","indices":[0,1]}"""));
        return $$$"""
            {"created_at":"{{{at}}}","id":1,"id_str":"1","text":"x","entities":{"hashtags":[{{{hashtags}}}]}}
            """;
    }
}

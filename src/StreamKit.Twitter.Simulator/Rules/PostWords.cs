using System.Text.RegularExpressions;

namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>A post taken apart.</summary>
internal sealed partial class PostWords
{
    private readonly string[] _words;

    internal PostWords(SimulatedPost post)
    {
        Post = post;
        _words = Split(post.Text);
        Hashtags = [.. Tag().Matches(post.Text).Select(match => match.Groups[1].Value)];
        Mentions = [.. Name().Matches(post.Text).Select(match => match.Groups[1].Value)];
    }

    internal SimulatedPost Post { get; }

    internal string[] Hashtags { get; }

    internal string[] Mentions { get; }

    internal static string[] Split(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    /// <summary>Whether the words stand in the text one after the other.</summary>
    internal bool HasPhrase(string[] phrase)
    {
        for (int start = 0; start + phrase.Length <= _words.Length; start++)
        {
            if (phrase.AsSpan().SequenceEqual(
                _words.AsSpan(start, phrase.Length), StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"#(\w+)")]
    private static partial Regex Tag();

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Name();
}

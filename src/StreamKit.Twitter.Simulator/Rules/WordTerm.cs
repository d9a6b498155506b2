namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>One operator: a word, a phrase, <c>#tag</c>, <c>@name</c>, <c>from:</c> or <c>lang:</c>.</summary>
internal sealed class WordTerm(WordTermKind kind, string value) : RuleTerm
{
    private readonly string[] _phrase = kind == WordTermKind.Words ? PostWords.Split(value) : [];

    internal override bool StandsAlone => kind != WordTermKind.Language;

    internal override bool Matches(PostWords post) => kind switch
    {
        WordTermKind.Hashtag => post.Hashtags.Contains(value, StringComparer.OrdinalIgnoreCase),
        WordTermKind.Mention => post.Mentions.Contains(value, StringComparer.OrdinalIgnoreCase),
        WordTermKind.From => value.Equals(post.Post.AuthorName, StringComparison.OrdinalIgnoreCase)
            || value == post.Post.AuthorId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        WordTermKind.Language => value.Equals(post.Post.Language, StringComparison.OrdinalIgnoreCase),
        _ => post.HasPhrase(_phrase),
    };
}

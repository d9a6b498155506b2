namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>The operators of the subset.</summary>
internal enum WordTermKind
{
    Words,
    Hashtag,
    Mention,
    From,
    Language,
}

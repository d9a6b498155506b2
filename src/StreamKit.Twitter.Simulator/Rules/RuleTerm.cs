namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>A part of a rule, which a post matches or not.</summary>
internal abstract class RuleTerm
{
    /// <summary>Whether it may stand for a rule by itself, as a word may and a language may not.</summary>
    internal abstract bool StandsAlone { get; }

    internal abstract bool Matches(PostWords post);
}

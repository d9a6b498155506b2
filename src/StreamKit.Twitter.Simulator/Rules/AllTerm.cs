namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>Parts that a post must match all of.</summary>
internal sealed class AllTerm(IReadOnlyList<RuleTerm> parts) : RuleTerm
{
    internal override bool StandsAlone => parts.Any(part => part.StandsAlone);

    internal override bool Matches(PostWords post) => parts.All(part => part.Matches(post));
}

namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>Parts that a post must match one of.</summary>
internal sealed class AnyTerm(IReadOnlyList<RuleTerm> parts) : RuleTerm
{
    internal override bool StandsAlone => parts.All(part => part.StandsAlone);

    internal override bool Matches(PostWords post) => parts.Any(part => part.Matches(post));
}

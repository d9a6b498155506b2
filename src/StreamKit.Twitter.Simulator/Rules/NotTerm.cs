namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>What a post must not match.</summary>
internal sealed class NotTerm(RuleTerm inner) : RuleTerm
{
    internal override bool StandsAlone => false;

    internal override bool Matches(PostWords post) => !inner.Matches(post);
}

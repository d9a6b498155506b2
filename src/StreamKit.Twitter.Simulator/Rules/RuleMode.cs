namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>Whether rules are put in force or only looked at.</summary>
internal enum RuleMode
{
    Apply,
    DryRun,
}

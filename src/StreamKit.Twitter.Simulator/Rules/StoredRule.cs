namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>A rule that is in force.</summary>
internal sealed record StoredRule(long Id, string Value, string? Tag, RuleTerm Term);

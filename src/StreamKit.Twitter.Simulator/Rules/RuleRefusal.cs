namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>Why a rule was not added.</summary>
internal sealed record RuleRefusal(string Value, string Title, string Type, string? Detail, long? SameAs);

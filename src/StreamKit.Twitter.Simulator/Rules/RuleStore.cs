namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>The rules of the simulated app.</summary>
internal sealed class RuleStore(int most)
{
    internal const int MaxLength = 1024;

    // What ids of rules look like; any would do.
    private const long FirstId = 1_273_026_480_692_322_304;

    private readonly Lock _lock = new();
    private StoredRule[] _rules = [];
    private long _nextId = FirstId;

    /// <summary>The rules now, in the order in which they were added.</summary>
    internal IReadOnlyList<StoredRule> All => Volatile.Read(ref _rules);

    /// <summary>Adds what is valid and new, or only says what would be added.</summary>
    internal (List<StoredRule> Added, List<RuleRefusal> Refused) Add(
        IReadOnlyList<(string Value, string? Tag)> rules,
        RuleMode mode)
    {
        List<StoredRule> added = [];
        List<RuleRefusal> refused = [];
        lock (_lock)
        {
            foreach ((string value, string? tag) in rules)
            {
                if (Refusal(value, added) is { } refusal)
                {
                    refused.Add(refusal);
                }
                else
                {
                    added.Add(new StoredRule(_nextId++, value, tag, RuleParser.Parse(value)));
                }
            }

            if (mode == RuleMode.Apply)
            {
                _rules = [.. _rules, .. added];
            }
        }

        return (added, refused);
    }

    /// <summary>Deletes rules; says how many there were of them.</summary>
    internal int Delete(Func<StoredRule, bool> which)
    {
        lock (_lock)
        {
            int before = _rules.Length;
            _rules = [.. _rules.Where(rule => !which(rule))];
            return before - _rules.Length;
        }
    }

    private RuleRefusal? Refusal(string value, List<StoredRule> added)
    {
        if (_rules.Concat(added).FirstOrDefault(rule => rule.Value == value) is { } same)
        {
            return new RuleRefusal(value, "DuplicateRule", "duplicate-rules", Detail: null, same.Id);
        }

        if (_rules.Length + added.Count >= most)
        {
            return new RuleRefusal(value, "RulesCapExceeded", "rule-cap", $"No more than {most} rules.", null);
        }

        if (value.Length > MaxLength)
        {
            return Invalid(value, $"Rules may not be longer than {MaxLength} characters");
        }

        try
        {
            RuleParser.Parse(value);
            return null;
        }
        catch (FormatException exception)
        {
            return Invalid(value, exception.Message);
        }
    }

    private static RuleRefusal Invalid(string value, string detail) =>
        new(value, "UnprocessableEntity", "invalid-rules", detail, null);
}

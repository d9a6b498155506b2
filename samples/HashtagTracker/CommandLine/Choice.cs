namespace HashtagTracker.CommandLine;

/// <summary>One of the sources, or of the sinks, with the options that are its own.</summary>
/// <param name="Name">How <c>--source</c> or <c>--sink</c> calls it.</param>
/// <param name="Implying">The option that chooses it by being given; <c>null</c>: none.</param>
/// <param name="Further">Its other options.</param>
internal sealed record Choice(string Name, string? Implying, params string[] Further)
{
    /// <summary>Every source, the usual one first.</summary>
    public static readonly IReadOnlyList<Choice> Sources =
    [
        new("simulator", null, "--tweets", "--seed", "--start"),
        new("file", "--input"),
        new("kafka", "--kafka", "--topic"),
        new("twitter", "--twitter", "--bearer-env"),
        new("bluesky", "--bluesky"),
    ];

    /// <summary>Every sink, the usual one first.</summary>
    public static readonly IReadOnlyList<Choice> Sinks =
    [
        new("none", null),
        new("file", "--output"),
        new("redis", "--redis"),
        new("postgres", "--postgres-env"),
    ];

    /// <summary>Finds the one that is meant, by its name or by an option of its own.</summary>
    /// <param name="option">The option that names it: <c>--source</c>, <c>--sink</c>.</param>
    /// <param name="choices">The ones there are.</param>
    /// <param name="values">The command line; contradictions are its mistakes.</param>
    /// <returns>Its name; <c>null</c>: none was named.</returns>
    public static string? Of(string option, IReadOnlyList<Choice> choices, OptionValues values)
    {
        Choice[] implied = [.. choices.Where(choice => choice.Implying is { } own && values.Has(own))];
        string? named = values.Has(option) ? values.Text(option, "") : null;
        if (named is not null && choices.All(choice => choice.Name != named))
        {
            string names = string.Join(", ", choices.SkipLast(1).Select(choice => choice.Name));
            values.Fail($"{option} {named}: {names} or {choices[^1].Name} is expected");
        }

        if (implied.FirstOrDefault(choice => named is not null && choice.Name != named) is { } other)
        {
            values.Fail($"{other.Implying} has no meaning with {option} {named}");
        }

        if (implied.Length > 1)
        {
            values.Fail($"{implied[0].Implying} and {implied[1].Implying} exclude each other");
        }

        string? chosen = named ?? implied.FirstOrDefault()?.Name;
        foreach (Choice choice in choices.Where(choice => choice.Name != (chosen ?? choices[0].Name)))
        {
            string by = named is null ? implied.FirstOrDefault()?.Implying ?? "" : $"{option} {named}";
            foreach (string further in choice.Further.Where(values.Has))
            {
                values.Fail(choice.Implying is null
                    ? $"{further} is for the {choice.Name} and has no meaning with {by}"
                    : $"{further} has no meaning without {choice.Implying}");
            }
        }

        return chosen;
    }
}

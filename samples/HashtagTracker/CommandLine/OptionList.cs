namespace HashtagTracker.CommandLine;

/// <summary>The options of a command line by their names, <c>--name value</c> or <c>--name=value</c>, each
/// once.</summary>
internal static class OptionList
{
    /// <summary>Sorts arguments into names and values; a switch has the value "".</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="switches">The options that take no value; <c>--help</c> is always one.</param>
    /// <param name="valued">The options that take one.</param>
    /// <param name="given">What was given.</param>
    /// <returns>What is wrong, in one sentence; <c>null</c>: nothing.</returns>
    public static string? Collect(
        IReadOnlyList<string> arguments,
        IReadOnlyCollection<string> switches,
        IReadOnlyCollection<string> valued,
        out Dictionary<string, string> given)
    {
        given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] parts = arguments[i] is "-h" or "-?" ? ["--help"] : arguments[i].Split('=', 2);
            string name = parts[0];
            bool isSwitch = name == "--help" || switches.Contains(name);
            if (!isSwitch && !valued.Contains(name))
            {
                return $"'{arguments[i]}' is not an option; --help lists them";
            }

            if (isSwitch && parts.Length == 2)
            {
                return $"{name} takes no value";
            }

            if (!isSwitch && parts.Length == 1 && (i + 1 == arguments.Count || IsName(arguments[i + 1])))
            {
                return $"{name} needs a value";
            }

            string value = isSwitch ? "" : parts.Length == 2 ? parts[1] : arguments[++i];
            if (!given.TryAdd(name, value))
            {
                return $"{name} is given twice";
            }
        }

        return null;
    }

    private static bool IsName(string argument) => argument.StartsWith("--", StringComparison.Ordinal);
}

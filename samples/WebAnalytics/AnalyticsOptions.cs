using System.Globalization;

namespace WebAnalytics;

/// <summary>What the command line asks for.</summary>
internal sealed record AnalyticsOptions
{
    /// <summary>The exit codes when the work fails, and when the command line is not understood.</summary>
    public const int FailureExitCode = 1, UsageExitCode = 2;

    public const string Usage =
        """
        Web analytics over access logs or beacons: prints the windows that have just landed.

        usage: WebAnalytics [options]

        without options: an invented day in about twelve seconds

          --file FILE      an access log in Common or Combined Log Format (also .gz); default: invented visitors
          --collect PORT   a web site on this port whose pages say when they are seen, and show it live
          --zone NAME      time zone of days and of what is printed (Europe/Berlin)
          --speed X|max    invented visitors: 1 is real time, 60 a minute a second (7200)
          --seed N         invented visitors: another day (1)
          --explain STEP   say every two seconds what a step waits for: traffic, active, visits, pages or days
          --help           this text
        """;

    private static readonly string[] s_names = ["--file", "--collect", "--zone", "--speed", "--seed", "--explain"];

    /// <summary>The log to read; <c>null</c>: invented visitors.</summary>
    public string? File { get; init; }

    /// <summary>The port of the web site that collects beacons; <c>null</c>: there is none.</summary>
    public int? Collect { get; init; }

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Speed of invented visitors; positive infinity: as fast as it goes.</summary>
    public double Speed { get; init; } = 7200;

    public long Seed { get; init; } = 1;

    /// <summary>The step to explain; <c>null</c>: none.</summary>
    public string? Explain { get; init; }

    public bool Help { get; init; }

    /// <summary>Reads a command line, or says in one sentence what is wrong with it.</summary>
    public static bool TryParse(IReadOnlyList<string> arguments, out AnalyticsOptions options, out string error)
    {
        options = new AnalyticsOptions();
        error = "";
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string name = arguments[i];
            if (name is "--help" or "-h")
            {
                options = options with { Help = true };
                return true;
            }

            error = !s_names.Contains(name) ? $"'{name}' is not an option; --help lists them"
                : i + 1 == arguments.Count ? $"{name} needs a value"
                : !given.TryAdd(name, arguments[i + 1]) ? $"{name} is given twice"
                : "";
            if (error.Length > 0)
            {
                return false;
            }
        }

        return TryRead(given, ref options, out error);
    }

    private static bool TryRead(Dictionary<string, string> given, ref AnalyticsOptions options, out string error)
    {
        string? file = given.GetValueOrDefault("--file");
        string? explain = given.GetValueOrDefault("--explain");
        ushort port = 0;
        string zoneName = given.GetValueOrDefault("--zone", new AnalyticsSettings().Zone);
        double speed = options.Speed;
        long seed = options.Seed;
        bool zoneKnown = TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out TimeZoneInfo? zone);
        bool collects = given.TryGetValue("--collect", out string? portText);
        string? input = file is not null ? "--file" : collects ? "--collect" : null;
        error = input is not null && (given.ContainsKey("--speed") || given.ContainsKey("--seed"))
                ? $"--speed and --seed are for invented visitors and have no meaning with {input}"
            : file is not null && collects ? "--file and --collect are two inputs: give one of them"
            : collects && !ushort.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port)
                ? $"--collect {portText}: a port is expected, 0 for any that is free"
            : !zoneKnown ? $"--zone {zoneName}: this machine knows no time zone of that name"
            : explain is not null && !AnalyticsPipeline.Steps.Contains(explain)
                ? $"--explain {explain}: the steps are {string.Join(", ", AnalyticsPipeline.Steps)}"
            : given.TryGetValue("--speed", out string? speedText) && !TrySpeed(speedText, out speed)
                ? $"--speed {speedText}: a number greater than 0, or max, is expected"
            : given.TryGetValue("--seed", out string? seedText)
                && !long.TryParse(seedText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed)
                ? $"--seed {seedText}: a whole number is expected"
            : "";
        options = options with { File = file, Speed = speed, Seed = seed, Explain = explain };
        options = collects ? options with { Collect = port } : options;
        options = zone is null ? options : options with { Zone = zone };
        return error.Length == 0;
    }

    private static bool TrySpeed(string text, out double speed)
    {
        speed = double.PositiveInfinity;
        return text == "max"
            || (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed)
                && speed > 0 && double.IsFinite(speed));
    }
}

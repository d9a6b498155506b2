using System.Globalization;
using StreamKit.Social;

namespace HashtagTracker;

/// <summary>Reads the command line of <see cref="TrackerOptions"/>: <c>--name value</c> or
/// <c>--name=value</c>.</summary>
internal sealed class CommandLineParser(IReadOnlyList<string> arguments)
{
    private static readonly string[] Switches = ["--help", "--no-dashboard"];

    private static readonly string[] Valued =
    [
        "--input", "--window", "--every", "--lateness", "--out-of-orderness", "--output", "--port", "--lanes",
        "--speed", "--tweets", "--seed", "--twitter", "--bearer-env", "--bluesky",
    ];

    private static readonly string[] Sources = ["--input", "--twitter", "--bluesky"];

    private static readonly string[] LiveSources = ["--twitter", "--bluesky"];

    private static readonly string[] InputEnds = [".jsonl", ".json", ".gz"];

    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private string _error = "";

    /// <summary>Fails with one sentence in <paramref name="error"/>; the options are then the defaults.</summary>
    public bool TryParse(out TrackerOptions options, out string error)
    {
        options = new TrackerOptions();
        bool understood = Collect() && (_given.ContainsKey("--help") || FitTogether());
        if (understood)
        {
            options = _given.ContainsKey("--help") ? options with { Help = true } : Read(options);
        }

        error = _error;
        if (error.Length == 0)
        {
            return true;
        }

        options = new TrackerOptions();
        return false;
    }

    private bool Collect()
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] parts = arguments[i] is "-h" or "-?" ? ["--help"] : arguments[i].Split('=', 2);
            string name = parts[0];
            bool isSwitch = Switches.Contains(name);
            if (!isSwitch && !Valued.Contains(name))
            {
                return Fail($"'{arguments[i]}' is not an option; --help lists them");
            }

            if (isSwitch && parts.Length == 2)
            {
                return Fail($"{name} takes no value");
            }

            if (!isSwitch && parts.Length == 1 && (i + 1 == arguments.Count || IsName(arguments[i + 1])))
            {
                return Fail($"{name} needs a value");
            }

            string value = isSwitch ? "" : parts.Length == 2 ? parts[1] : arguments[++i];
            if (!_given.TryAdd(name, value))
            {
                return Fail($"{name} is given twice");
            }
        }

        return true;
    }

    private bool FitTogether()
    {
        string[] sources = [.. Sources.Where(_given.ContainsKey)];
        if (sources.Length > 1)
        {
            return Fail($"{sources[0]} and {sources[1]} exclude each other");
        }

        foreach (string name in (string[])["--tweets", "--seed"])
        {
            if (sources.Length > 0 && _given.ContainsKey(name))
            {
                return Fail($"{name} is for the simulator and has no meaning with {sources[0]}");
            }
        }

        if (IsLive && _given.ContainsKey("--speed"))
        {
            return Fail($"--speed has no meaning with {sources[0]}, which is live");
        }

        if (_given.ContainsKey("--bearer-env") && !_given.ContainsKey("--twitter"))
        {
            return Fail("--bearer-env has no meaning without --twitter");
        }

        return !_given.ContainsKey("--no-dashboard") || !_given.ContainsKey("--port")
            || Fail("--port has no meaning with --no-dashboard");
    }

    private bool IsLive => LiveSources.Any(_given.ContainsKey);

    private Uri? Address(string name, string scheme, Uri? publicAddress)
    {
        if (!_given.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (text == "public" && publicAddress is not null)
        {
            return publicAddress;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == scheme || address.Scheme == scheme + "s"))
        {
            return address;
        }

        Fail($"{name} {text}: an address that begins with {scheme}:// or {scheme}s:// is expected");
        return null;
    }

    private string? Input()
    {
        string? path = FilePath("--input");
        if (path is not null && !InputEnds.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
        {
            Fail($"--input {path}: the name of the file must end in {string.Join(" or ", InputEnds)}");
        }

        return path;
    }

    // The output is emptied before the input is read to its end.
    private string? Output(string? input)
    {
        string? path = FilePath("--output");
        if (input is { Length: > 0 } && path is { Length: > 0 } && Path.GetFullPath(input) == Path.GetFullPath(path))
        {
            Fail("--output would overwrite the file of --input");
        }

        return path;
    }

    private TrackerOptions Read(TrackerOptions defaults)
    {
        bool dashboard = !_given.ContainsKey("--no-dashboard");
        bool runsByTheClock = !_given.ContainsKey("--input");
        TimeSpan window = Duration("--window", defaults.Window, mayBeZero: false);
        TimeSpan usualHop = _given.ContainsKey("--window") ? window : defaults.Every;
        TimeSpan every = Duration("--every", usualHop, mayBeZero: false);
        if (every > window && _error.Length == 0)
        {
            Fail($"--every {DurationText.Format(every)} is longer than the window of {DurationText.Format(window)}, "
                + "so tweets between windows would not be counted");
        }

        string? input = Input();
        return defaults with
        {
            Input = input,
            Twitter = Address("--twitter", "http", publicAddress: null),
            BearerVariable = _given.GetValueOrDefault("--bearer-env", defaults.BearerVariable),
            Bluesky = Address("--bluesky", "ws", new JetstreamOptions().Endpoint),
            Output = Output(input),
            Window = window,
            Every = every,
            Lateness = Duration("--lateness", defaults.Lateness, mayBeZero: true),
            OutOfOrderness = Duration(
                "--out-of-orderness",
                IsLive ? TrackerOptions.LiveOutOfOrderness : defaults.OutOfOrderness,
                mayBeZero: true),
            Dashboard = dashboard,
            Port = (int)Integer("--port", defaults.Port, 0, 65535),
            Lanes = (int)Integer("--lanes", defaults.Lanes, 1, 1024),
            Speed = Speed(IsLive || (runsByTheClock && dashboard) ? 1 : double.PositiveInfinity),
            Tweets = _given.ContainsKey("--tweets") ? Integer("--tweets", 0, 1, long.MaxValue) : null,
            Seed = Integer("--seed", defaults.Seed, long.MinValue, long.MaxValue),
        };
    }

    private string? FilePath(string name)
    {
        string? path = _given.GetValueOrDefault(name);
        if (path is { Length: 0 })
        {
            Fail($"{name} needs the name of a file");
        }

        return path;
    }

    private TimeSpan Duration(string name, TimeSpan usual, bool mayBeZero)
    {
        if (!_given.TryGetValue(name, out string? text))
        {
            return usual;
        }

        if (!DurationText.TryParse(text, out TimeSpan duration))
        {
            Fail($"{name} {text}: a duration is {DurationText.Form}");
        }
        else if (duration == TimeSpan.Zero && !mayBeZero)
        {
            Fail($"{name} must be longer than zero");
        }

        return duration;
    }

    private long Integer(string name, long usual, long least, long most)
    {
        if (!_given.TryGetValue(name, out string? text))
        {
            return usual;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            || number < least || number > most)
        {
            Fail($"{name} {text}: a whole number from {least} to {most} is expected");
        }

        return number;
    }

    private double Speed(double usual)
    {
        if (!_given.TryGetValue("--speed", out string? text))
        {
            return usual;
        }

        if (text == "max")
        {
            return double.PositiveInfinity;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed)
            || speed <= 0 || !double.IsFinite(speed))
        {
            Fail($"--speed {text}: a number greater than 0, or max, is expected");
        }

        return speed;
    }

    // The first mistake is the one to mend first.
    private bool Fail(string message)
    {
        _error = _error.Length == 0 ? message : _error;
        return false;
    }

    private static bool IsName(string argument) => argument.StartsWith("--", StringComparison.Ordinal);
}
